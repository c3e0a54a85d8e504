/** digest, part of: an edition that nobody reads any more ends when its next issue would be due. */

import type { Edition } from '../shared/delivery/edition.ts';
import { chosenEditions, endEdition } from '../shared/store/editions.ts';
import { readersOf } from '../shared/store/readers.ts';
import type { Clock, Log, Table } from '../shared/world.ts';

/** The edition is read before its readers: who chooses it from then on changes its row, and it does not end. */
export async function endIfUnread(
  world: { readonly clock: Clock; readonly log: Log; readonly people: Table },
  { id, digest, life }: Edition,
): Promise<boolean> {
  if ((await readersOf(world.people, id, null, 1)).readers.length > 0) return false;
  const edition = (await chosenEditions(world.people, digest)).find((each) => each.id === id && each.life === life);
  if (edition === undefined) return true;
  if ((await readersOf(world.people, id, null, 1)).readers.length > 0) return false;
  if (!(await endEdition(world.people, edition, world.clock.now()))) return false;
  world.log.info('edition ended', { digest, edition: id });
  return true;
}
