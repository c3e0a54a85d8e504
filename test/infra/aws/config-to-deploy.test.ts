import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configToDeploy } from '../../../infra/aws/config-to-deploy.ts';
import { problemLine } from '../../../shared/watch/problem.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

const shipped = readFileSync('watch.yaml', 'utf8');

function problemsOf(text: string): readonly string[] {
  const path = join(temporaryFolder(), 'watch.yaml');
  writeFileSync(path, text);
  const result = configToDeploy(path, '2026-11-25');
  return 'problems' in result ? result.problems.map(problemLine) : [];
}

describe('a watch file for a deployment', () => {
  it('is the shipped one', () => {
    expect(problemsOf(shipped)).toEqual([]);
  });

  it.each(['127.0.0.1:8411', '169.254.169.254:80', 'localhost:9001'])(
    'never lets a function read %s (rows 1, 2)',
    (place) => {
      expect(problemsOf(`${shipped}\nnetwork: {allow: ['${place}']}\n`)).toEqual([
        expect.stringContaining(`network.allow: "${place}" is a place on the function's own machine`),
      ]);
    },
  );
});
