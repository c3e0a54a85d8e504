/** A look that passes over what is known finds, remembers and says what a look that reads everything does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../shared/feed/outcome.ts';
import { type Slices, unsliced } from '../../shared/feed/slices.ts';
import { fetchFeed } from '../../shared/fetch/fetch-feed.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { type FeedState, neverLookedAt } from '../../shared/poll/feed-state.ts';
import { foundHealth } from '../../shared/poll/health.ts';
import { judge, lastRead, mayPassOver } from '../../shared/poll/judge.ts';
import { MINUTE } from '../../shared/time.ts';
import type { HttpAnswer } from '../../shared/world.ts';
import { changingFeed } from './changing-feed.ts';
import { feedAt, noon } from './situations.ts';

const feed = feedAt();

/** What may go wrong at one look, and how the feed's server answers. */
const circumstances = fc.record({
  status: fc.oneof({ weight: 15, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.constantFrom(404, 301) }),
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

describe('a look that passes over what is known', () => {
  it('gives the same news, the same state and the same health as one that reads all', async () => {
    let [looks, read, passedOver] = [0, 0, 0];
    const lives = fc.tuple(changingFeed(noon), fc.array(circumstances, { minLength: 10, maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(lives, async ([documents, all]) => {
        const memory = new SliceMemory();
        let state: FeedState | null = null;
        let now = noon;
        for (const [index, document] of documents.entries()) {
          const { status, minutes, stored, elsewhere } = all[index]!;
          now += minutes * MINUTE;
          const whole = await look(state, unsliced, document, status);
          const sparing = await look(state, elsewhere ? unsliced : memory.of(feed.url), document, status);
          const [expected, found] = [judge(feed, state, whole, now), judge(feed, state, sparing, now)];
          expect(found).toEqual(expected);
          expect(foundHealth(found.state ?? neverLookedAt(feed.id))).toEqual(
            foundHealth(expected.state ?? neverLookedAt(feed.id)),
          );
          if (sparing.kind === 'read' && !elsewhere) {
            looks += 1;
            read += sparing.document.entries.length;
            passedOver += sparing.passedOver.length;
            memory.keep(feed.url, sparing.slices);
          }
          if (stored) state = found.state ?? state;
        }
      }),
      { numRuns: 500 },
    );
    console.log({ looks, read, passedOver });
    expect(passedOver).toBeGreaterThan(read / 2); // else it has shown nothing
  });
});
