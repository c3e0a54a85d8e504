/** The editions of the digests: each digest as the watch file has it, then as people chose to have it beside. */
import { type Edition, editionsOf } from '../../../shared/delivery/edition.ts';
import { chosenEditions } from '../../../shared/store/editions.ts';
import type { Digest } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';

export async function allEditions(people: Table, digests: readonly Digest[]): Promise<readonly Edition[]> {
  const ofEach = digests.map(async (digest) => editionsOf(digest, await chosenEditions(people, digest.id)));
  return (await Promise.all(ofEach)).flat();
}
