import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { watchSchema } from '../../shared/watch/watch-schema.ts';

it('watch.schema.json is what the validator says; `node infra/local/write-schema.ts` writes it anew', () => {
  const written = readFileSync(new URL('../../watch.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(watchSchema())));
});

it('the schema offers every key of a watch, each with a description for editors to show', () => {
  const schema = JSON.parse(JSON.stringify(watchSchema()));
  const keys = schema.properties.watches.items.properties;
  expect(Object.keys(keys).sort()).toEqual(
    ['all', 'any', 'at_least', 'examples', 'feeds', 'in', 'near', 'noisy', 'none', 'office', 'person', 'watch'].sort(),
  );
  for (const key of Object.values<{ description?: string }>(keys)) expect(key.description).toMatch(/\S/);
});
