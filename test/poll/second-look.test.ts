/** A look that passes over what is known finds, remembers and says what a look that reads everything does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/feed/outcome.ts';
import { type Slices, unsliced } from '../../shared/feed/slices.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { foundHealth } from '../../shared/poll/health.ts';
import { judge, lastRead, mayPassOver, type Verdict } from '../../shared/poll/judge.ts';
import { MINUTE } from '../../shared/time.ts';
import type { HttpAnswer } from '../../shared/world.ts';
import { changingFeed } from './changing-feed.ts';
import { feedAt, noon } from './situations.ts';

const feed = feedAt();

/** What the looks that passed something over had to judge. */
type Tally = Record<'same' | 'fresh' | 'edited' | 'held', number>;

function count(tally: Tally, { news, edited, state }: Verdict): void {
  if (state === null) tally.same += 1;
  if (news.length > edited.size) tally.fresh += 1;
  if (edited.size > 0) tally.edited += 1;
  if (state?.held) tally.held += 1;
}

/** What may go wrong at one look, and how the feed's server answers. */
const circumstances = fc.record({
  status: fc.oneof({ weight: 20, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.constantFrom(404, 301) }),
  minutes: fc.constantFrom(15, 15, 15, 15, 700),
  /** The process dies, or another one was faster: what it found is not stored. */
  stored: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  /** Another process looks, which remembers nothing, and this one keeps what it remembers of an older document. */
  elsewhere: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

function look(state: FeedState | null, slices: Slices, document: string, status: number): Promise<Outcome> {
  const answer = (code: number, headers = {}, body = ''): HttpAnswer => ({
    kind: 'answer',
    status: code,
    headers: { 'content-length': '1', ...headers },
    body: Buffer.from(body),
  });
  const moved = 'https://news.example/moved.xml';
  const http = {
    get: async ({ url }: { readonly url: string }) => {
      if (status === 301 && url !== moved) return answer(301, { location: moved });
      return status === 404 ? answer(404) : answer(200, { etag: '"1"' }, document);
    },
  };
  const known = { ...lastRead(state), validators: null, known: () => mayPassOver(state, slices) };
  return fetchFeed({ http, clock: { now: () => noon } }, feed, known);
}

const healthOf = ({ state }: Verdict) => (state === null ? null : foundHealth(state));

describe('a look that passes over what is known', () => {
  it('gives the same news, the same state and the same health as one that reads all', async () => {
    const tally: Tally = { same: 0, fresh: 0, edited: 0, held: 0 };
    const lives = fc.tuple(changingFeed(noon), fc.array(circumstances, { minLength: 10, maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(lives, async ([documents, all]) => {
        const memory = new SliceMemory();
        let state = null as FeedState | null;
        let now = noon;
        for (const [index, document] of documents.entries()) {
          const { status, minutes, stored, elsewhere } = all[index]!;
          now += minutes * MINUTE;
          const whole = await look(state, unsliced, document, status);
          const sparing = await look(state, elsewhere ? unsliced : memory.of(feed.url), document, status);
          const expected = judge(feed, state, whole, now);
          const found = judge(feed, state, sparing, now);
          expect(found).toEqual(expected);
          expect(healthOf(found)).toEqual(healthOf(expected));
          if (sparing.kind === 'read' && !elsewhere) {
            memory.keep(feed.url, sparing.slices);
            if (sparing.passedOver.length > 0) count(tally, found);
          }
          if (stored) state = found.state ?? state;
        }
      }),
      { numRuns: 400 },
    );
    // Else it has shown nothing.
    for (const [kind, times] of Object.entries(tally)) expect(times, kind).toBeGreaterThan(10);
  });
});
