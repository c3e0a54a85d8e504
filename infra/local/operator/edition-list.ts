/** The editions of the digests: each digest as the watch file has it, and as people chose it beside. */
import type { Edition } from '../../../shared/delivery/edition.ts';
import { peopleKeys } from '../../../shared/store/keys.ts';
import { queryAll } from '../../../shared/store/whole.ts';
import type { Digest } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';

/** The digest's own comes first. */
export async function editionsOf(people: Table, digest: Digest): Promise<readonly Edition[]> {
  const editions: Edition[] = [{ id: digest.id, digest: digest.id, when: digest.when, zone: digest.zone }];
  for await (const item of queryAll(people, { pk: peopleKeys.edition(digest.id, '').pk })) {
    if (item.ended === true) continue;
    const { when, zone } = item as unknown as Pick<Edition, 'when' | 'zone'>;
    editions.push({ id: item.sk, digest: digest.id, when, zone });
  }
  return editions;
}

export async function allEditions(people: Table, digests: readonly Digest[]): Promise<readonly Edition[]> {
  return (await Promise.all(digests.map((digest) => editionsOf(people, digest)))).flat();
}
