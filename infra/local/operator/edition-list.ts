/** The editions of the digests: each digest as the watch file has it, and as people chose to have it beside. */
import { peopleKeys } from '../../../shared/store/keys.ts';
import { queryAll } from '../../../shared/store/whole.ts';
import type { Digest, Schedule } from '../../../shared/watch/config.ts';
import type { Table } from '../../../shared/world.ts';

export interface ListedEdition {
  /** Of the digest's own: the digest's. */
  readonly id: string;
  readonly digest: string;
  readonly when: Schedule;
  readonly zone: string;
  /** What its pending hits are filed under: one that ended and was chosen again begins with none. */
  readonly shelf: string;
}

/** The digest's own comes first. */
export async function editionsOf(people: Table, digest: Digest): Promise<readonly ListedEdition[]> {
  const { id, when, zone } = digest;
  const editions: ListedEdition[] = [{ id, digest: id, when, zone, shelf: id }];
  for await (const item of queryAll(people, { pk: peopleKeys.edition(id, '').pk })) {
    if (item.ended === true) continue;
    const { life = 1, ...chosen } = item as unknown as Pick<ListedEdition, 'when' | 'zone'> & { life?: number };
    const shelf = life === 1 ? item.sk : `${item.sk}~${life}`;
    editions.push({ id: item.sk, digest: id, when: chosen.when, zone: chosen.zone, shelf });
  }
  return editions;
}

export async function allEditions(people: Table, digests: readonly Digest[]): Promise<readonly ListedEdition[]> {
  return (await Promise.all(digests.map((digest) => editionsOf(people, digest)))).flat();
}
