import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { notingErasures, replayErasures } from '../../../infra/local/erasure-file.ts';
import { eraseSubscriber } from '../../../shared/store/erasures.ts';
import { newProfile } from '../../../shared/store/person-rows.ts';
import { moveProfile, profileOf } from '../../../shared/store/subscribers.ts';
import { memoryTable } from '../../simulation/memory-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ann = newProfile('AbCdEfGhIjKlMnOp', 'ann@reader.example', 1, 0);

it('104: who was erased is erased again in a table from before, and the list names nobody', async () => {
  const path = join(temporaryFolder(), 'erasures.jsonl');
  const people = notingErasures(memoryTable(), path);
  await moveProfile(people, null, ann);
  expect(existsSync(path)).toBe(false);
  await eraseSubscriber(people, ann.subscriber, 5);
  expect(readFileSync(path, 'utf8')).toBe(`\n${JSON.stringify({ subscriber: ann.subscriber, at: 5, version: 1 })}`);
  const restored = memoryTable();
  await moveProfile(restored, null, ann);
  expect(await replayErasures(restored, path)).toBe(1);
  expect(await profileOf(restored, ann.subscriber)).toBeNull();
  expect(await replayErasures(restored, path)).toBe(0);
});

it('is noted before it is done, so that what a kill interrupts is done at the next start', async () => {
  const path = join(temporaryFolder(), 'erasures.jsonl');
  const table = memoryTable();
  await moveProfile(table, null, ann);
  const dying = { ...table, put: async () => Promise.reject(new Error('killed')) };
  await expect(eraseSubscriber(notingErasures(dying, path), ann.subscriber, 5)).rejects.toThrow('killed');
  expect(await replayErasures(table, path)).toBe(1);
});

it('the half of a line that a full disk leaves is passed over, anything else that is strange is told', async () => {
  const path = join(temporaryFolder(), 'erasures.jsonl');
  expect(await replayErasures(memoryTable(), path)).toBe(0);
  appendFileSync(path, '\n{"subscriber":"AbC');
  expect(await replayErasures(memoryTable(), path)).toBe(0);
  appendFileSync(path, '\n{"name":"Ann"}');
  await expect(replayErasures(memoryTable(), path)).rejects.toThrow(/:3 is no line of a list of erasures/);
});
