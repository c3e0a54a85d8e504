/**
 * Who was erased, beside the tables: should these be brought back from a backup, everybody is erased again before any mail
 * goes out. It holds keyed hashes, no address.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { type Erasure, erasureIn, replayErasure } from '../../shared/store/erasures.ts';
import { peopleKeys } from '../../shared/store/keys.ts';
import type { Table } from '../../shared/world.ts';
import { codeOf, diskProblem, HostProblem } from './host-problem.ts';

export const erasureFile = 'erasures.jsonl';

/** The same table, whose erasures are noted in the file, before they are done: what a kill interrupts is done at the next start. */
export function notingErasures<T extends Table>(people: T, path: string): T {
  const { pk } = peopleKeys.erasure('');
  return {
    ...people,
    async put(item) {
      if (item.pk === pk) await appendFile(path, `\n${JSON.stringify(erasureIn(item))}`, { mode: 0o600 });
      await people.put(item);
    },
  };
}

/**
 * @returns how many had come back
 * @throws HostProblem when the file cannot be read, or holds something else
 */
export async function replayErasures(people: Table, path: string): Promise<number> {
  let back = 0;
  for (const erasure of await erasuresIn(path)) if (await replayErasure(people, erasure)) back += 1;
  return back;
}

async function erasuresIn(path: string): Promise<readonly Erasure[]> {
  const text = await readFile(path, 'utf8').catch((fault: unknown) => {
    if (codeOf(fault) === 'ENOENT') return '';
    throw diskProblem(`The list of erasures ${path} cannot be read`, fault);
  });
  return text.split('\n').flatMap((line, index) => {
    // The half that a full disk leaves: that erasure was refused, and asked for again.
    if (!line.endsWith('}')) return [];
    const { subscriber, at, version } = parsed(line);
    if (typeof subscriber !== 'string' || typeof at !== 'number' || typeof version !== 'number') {
      throw new HostProblem(`${path}:${index + 1} is no line of a list of erasures: put the backup of the file there.`);
    }
    return [{ subscriber, at, version }];
  });
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
