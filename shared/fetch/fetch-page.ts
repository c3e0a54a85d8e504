/** A web page through the gate: its redirects are followed as a feed's are, and whatever answers 200 is a page. */
import type { Instant } from '../time.ts';
import type { LookWorld } from './fetch-feed.ts';
import { type End, follow } from './redirect.ts';
import { userAgentOf } from './user-agent.ts';

export type PageAnswer =
  | ({ readonly kind: 'page'; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array } & Pick<
      End,
      'url' | 'settledUrl'
    >)
  | {
      readonly kind: 'failed';
      /** What the server said last; null when it said nothing that can be used. */
      readonly status: number | null;
      /** One sentence for people, without internal detail. */
      readonly detail: string;
    };

/**
 * Never throws for what a publisher does.
 *
 * @param accept the header: what is hoped for
 * @param deadlineAt of all hops together
 */
export async function fetchPage(
  { http, contact }: Omit<LookWorld, 'clock'>,
  first: string,
  accept: string,
  deadlineAt: Instant,
): Promise<PageAnswer> {
  const headers = { 'user-agent': userAgentOf(contact ?? null), accept };
  const end = await follow(http, first, () => headers, deadlineAt);
  if (end.kind === 'failed') return { kind: 'failed', status: null, detail: end.detail };
  const { url, settledUrl, answer } = end;
  if (answer.status === 200) return { kind: 'page', url, settledUrl, headers: answer.headers, body: answer.body };
  return { kind: 'failed', status: answer.status, detail: `The server answered ${answer.status}.` };
}
