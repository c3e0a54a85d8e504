/** An edition: a digest at one cadence in one zone. All who chose the same share its issues. */
import { idOf } from '../id.ts';
import type { Digest, Schedule } from '../watch/config.ts';
import { sayWhen } from '../watch/when.ts';

export interface Edition {
  /** The digest's own has the digest's id. */
  readonly id: string;
  readonly digest: string;
  readonly when: Schedule;
  readonly zone: string;
}

/**
 * @param when null: as the digest comes
 * @param zone null: that of the digest
 */
export function editionFor(digest: Digest, when: Schedule | null, zone: string | null): Edition {
  const own = { when: when ?? digest.when, zone: zone ?? digest.zone };
  const same = own.zone === digest.zone && sayWhen(own.when) === sayWhen(digest.when);
  return { id: same ? digest.id : idOf('edition', digest.id, sayWhen(own.when), own.zone), digest: digest.id, ...own };
}
