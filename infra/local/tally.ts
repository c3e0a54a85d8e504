/** What the functions tell in their log, as sentences for a terminal and as figures for `--json`. */
import type { Config } from '../../shared/watch/config.ts';
import type { Log } from '../../shared/world.ts';

/** What happened since the tally was made. */
export interface Tally {
  readonly feeds: { read: number; unchanged: number; failed: number };
  readonly entries: { seen: number; new: number };
  /** Pages of entries, where a feed wants them. */
  readonly articles: { read: number; notRead: number };
  hits: number;
  readonly issues: { digest: string; hits: number }[];
  /** Mails that the mailer took. */
  sent: number;
  /** Mails that it did not take: each was said as a line. */
  notSent: number;
  /** Things that went wrong here, not at a publisher: already said as a line. */
  faults: number;
}

export function emptyTally(): Tally {
  return {
    feeds: { read: 0, unchanged: 0, failed: 0 },
    entries: { seen: 0, new: 0 },
    articles: { read: 0, notRead: 0 },
    hits: 0,
    issues: [],
    sent: 0,
    notSent: 0,
    faults: 0,
  };
}

/**
 * A log that counts into a tally and says each thing worth reading as one line.
 *
 * @param say takes one line
 */
export function tallyLog(tally: Tally, config: Pick<Config, 'digests'>, say: (line: string) => void): Log {
  const nameOf = (digest: string) => config.digests.find(({ id }) => id === digest)?.name ?? digest;
  return {
    info(event, fields = {}) {
      const count = (name: string) => Number(fields[name] ?? 0);
      if (event === 'polled') {
        tally.feeds.read += count('read');
        tally.feeds.unchanged += count('unchanged');
        tally.feeds.failed += count('failed');
        tally.entries.seen += count('entriesSeen');
        tally.entries.new += count('entriesNew');
        tally.articles.read += count('articlesRead');
        tally.articles.notRead += count('articlesNotRead');
        tally.hits += count('hits');
        const looked = count('read') + count('unchanged') + count('failed');
        if (looked === 0) return;
        say(
          `Looked at ${plural(looked, 'feed')}: ${count('read')} read, ${count('unchanged')} unchanged, ` +
            `${count('failed')} failing; ${plural(count('entriesNew'), 'new article')}, ${plural(count('hits'), 'new hit')}.`,
        );
        const pages = { read: count('articlesRead'), notRead: count('articlesNotRead') };
        if (pages.notRead > 0) say(notWhole(pages));
      } else if (event === 'issued' && fields.sends === true) {
        const digest = nameOf(String(fields.digest));
        tally.issues.push({ digest, hits: count('hits') });
        say(`Issued “${digest}” with ${plural(count('hits'), 'hit')}.`);
      } else if (event === 'not sent') {
        tally.notSent += 1;
        say(`A mail was not sent: the mailer said ${String(fields.detail)}. ${outlook[String(fields.outcome)] ?? ''}`);
      } else if (event === 'delivered') {
        tally.sent += count('sent');
      }
    },
    error(event, fault, fields = {}) {
      tally.faults += 1;
      const where = Object.entries(fields)
        .filter(([name]) => !ofDeployment.has(name))
        .map(([name, value]) => `${name} ${String(value)}`);
      say(`Fault: ${event}${where.length > 0 ? ` (${where.join(', ')})` : ''}: ${chain(fault)}`);
    },
  };
}

/** Of articles whose pages were wanted. */
export function notWhole({ read, notRead }: { readonly read: number; readonly notRead: number }): string {
  return `${notRead} of ${plural(read + notRead, 'article')} not read whole: there the text in the feed was looked at.`;
}

/** What becomes of a mail that was not sent. */
const outlook: Readonly<Record<string, string>> = {
  refused: 'It will not be sent; the page of the issue keeps it.',
  later: 'It waits, and is tried again in a minute while Watchword runs.',
  unknown: 'It may have arrived: it is tried again in 15 minutes unless word of it comes.',
};

/** Fields that lead through the log of a deployment; a terminal shows things in their order anyway. */
const ofDeployment: ReadonlySet<string> = new Set(['trace', 'request', 'coldStart']);

/** What was thrown, and why. */
function chain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  return fault.cause === undefined ? fault.message : `${fault.message}: ${chain(fault.cause)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
