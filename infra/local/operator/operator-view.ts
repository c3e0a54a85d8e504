/** What the operator's pages see of the host that serves them: they read, and change nothing. */
import type { Instant } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import type { Clock, Log, Table } from '../../../shared/world.ts';
import type { HitIndex } from './hit-index.ts';

export interface OperatorView {
  readonly clock: Clock;
  /** Told what keeps a page from being shown: the page itself says nothing of it. */
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly config: Config;
  readonly hits: HitIndex;
  /** All mail that was accepted on this machine, oldest first. */
  mails(): readonly MailOnDisk[];
  /** A whole message; null when there is none. Only asked for ids that `mails` names. */
  mailBytes(id: string): Promise<Uint8Array | null>;
}

export interface MailOnDisk {
  readonly id: string;
  /** Read from the message where it is left out. */
  readonly subject?: string;
  readonly to: readonly string[];
  readonly at: Instant;
  /** Of the message's file, as a person would open it. */
  readonly path: string;
  /** As the sender gave them: `issue` and `subscriber` name the delivery. */
  readonly tags: Readonly<Record<string, string>>;
}
