/** What is remembered of an article: which watches found it, why, and who was told. */
import { editionsOf, isOwn, shelfOf } from '../../shared/delivery/edition.ts';
import { chosenEditions } from '../../shared/store/editions.ts';
import { alreadyListed, hitsOfWatch, pendingOf } from '../../shared/store/hits.ts';
import type { Config, Digest } from '../../shared/watch/config.ts';
import { foldedForm } from '../../shared/watch/fold.ts';
import type { Hit } from '../../shared/watch/hit.ts';
import type { Stored } from './stored.ts';

export interface StoredFate {
  readonly hit: Hit;
  /** Name of the watch. */
  readonly watch: string;
  /** Each edition of the digests that have the watch. */
  readonly digests: readonly {
    readonly digest: string;
    readonly isOwn: boolean;
    /** `neither`: it was found before the digest had this watch, or that was too long ago. */
    readonly was: 'told' | 'waiting' | 'neither';
  }[];
}

/** @param wanted an entry's id as it is stored, or some text of its headline */
export async function storedFates(
  stored: Pick<Stored, 'news' | 'people'>,
  config: Pick<Config, 'watches' | 'digests'>,
  wanted: string,
): Promise<readonly StoredFate[]> {
  const fates: StoredFate[] = [];
  for (const watch of config.watches) {
    const hits = (await hitsOfWatch(stored.news, watch.id)).filter((hit) => isWanted(hit, wanted));
    const digests = config.digests.filter((digest) => digest.watches.includes(watch.id));
    for (const hit of hits) {
      const told = await Promise.all(digests.map((digest) => fatesIn(stored, digest, hit)));
      fates.push({ hit, watch: watch.name, digests: told.flat() });
    }
  }
  return fates;
}

async function fatesIn({ news, people }: Pick<Stored, 'news' | 'people'>, digest: Digest, hit: Hit) {
  const editions = editionsOf(digest, await chosenEditions(people, digest.id));
  return Promise.all(
    editions.map(async (edition): Promise<StoredFate['digests'][number]> => {
      const of = { digest: digest.name, isOwn: isOwn(edition) };
      if ((await alreadyListed(news, edition.id, [hit]))(hit)) return { ...of, was: 'told' };
      const pending = await pendingOf(news, shelfOf(edition));
      const waits = pending.some(({ entry, watch }) => entry === hit.entry && watch === hit.watch);
      return { ...of, was: waits ? 'waiting' : 'neither' };
    }),
  );
}

function isWanted({ entry, title }: Hit, wanted: string): boolean {
  return entry === wanted || foldedForm(title.text).includes(foldedForm(wanted));
}
