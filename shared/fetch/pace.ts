/** One question at a time at each host, and a pause between two, whoever asks: a feed, a redirect, an article. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';

export interface Pace {
  /**
   * Waits for a turn at a host.
   *
   * @param gapMs since the answer to the one before
   * @returns ends the turn
   * @throws NoTurn when it would not come before the deadline
   */
  turnAt(host: string, gapMs: number, deadlineAt: Instant): Promise<() => void>;
  /** Of how many hosts the last turn is known. */
  remembered(): number;
}

/** Others kept the host busy. That says nothing about the publisher: a fault of ours, and the look comes again. */
export class NoTurn extends Error {}

export function createPace(now: () => Instant): Pace {
  /** The last in the queue of each host, and when its turn ended: null before that. */
  const last = new Map<string, { readonly ended: Promise<Instant>; at: Instant | null }>();

  function forgetOldest(): void {
    for (const [host, { at }] of last) {
      if (last.size < limits.hostsRememberedMax) return;
      if (at !== null && now() - at >= limits.hostGapMs) last.delete(host);
    }
  }

  return {
    remembered: () => last.size,
    async turnAt(host, gapMs, deadlineAt) {
      forgetOldest();
      const ahead = last.get(host);
      const { promise: ended, resolve } = Promise.withResolvers<Instant>();
      const own = { ended, at: null as Instant | null };
      last.set(host, own);
      const end = () => {
        own.at ??= now();
        resolve(own.at);
      };
      if (ahead === undefined) return end;
      try {
        const aheadEndedAt = await before(deadlineAt - now(), ahead.ended);
        const pauseMs = Math.min(gapMs, aheadEndedAt + gapMs - now());
        if (pauseMs > 0) {
          if (now() + pauseMs >= deadlineAt) throw new NoTurn('the host was busy with others');
          await new Promise((resolved) => setTimeout(resolved, pauseMs));
        }
        return end;
      } catch (fault) {
        // Whoever stands behind goes on waiting for the one ahead.
        void ahead.ended.then((at) => {
          own.at = at;
          resolve(at);
        });
        throw fault;
      }
    },
  };
}

function before<T>(waitMs: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoTurn('the host was busy with others')), waitMs);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
