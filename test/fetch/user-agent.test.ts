import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { userAgentOf, version } from '../../shared/fetch/user-agent.ts';

it('the name that publishers see has the version of the package and the contact page', () => {
  expect(version).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
  expect(userAgentOf('https://reader.example/who')).toBe(`Watchword/${version} (+https://reader.example/who)`);
  expect(userAgentOf(null)).toBe(`Watchword/${version} (news monitor)`);
});
