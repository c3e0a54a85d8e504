/** Publishers that answer as a test says, and a log of when each was asked and with what. */

import { idOf } from '../../shared/id.ts';
import type { Instant } from '../../shared/time.ts';
import type { Config, Feed } from '../../shared/watch/config.ts';
import type { HttpAnswer } from '../../shared/world.ts';
import { town } from './small-town.ts';
import type { Simulation } from './world.ts';

export interface Asked {
  readonly at: Instant;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Publisher = (asked: Asked) => HttpAnswer;

/** Lets these addresses answer so. @returns the log, which grows */
export function publish(simulation: Simulation, publishers: Readonly<Record<string, Publisher>>): readonly Asked[] {
  const log: Asked[] = [];
  simulation.origin.get = async ({ url, headers }) => {
    const asked = { at: simulation.clock.now(), url, headers };
    log.push(asked);
    return publishers[url]?.(asked) ?? saying(404);
  };
  return log;
}

export function saying(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): HttpAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-length': '1', ...headers },
    body: new TextEncoder().encode(body),
  };
}

/** Two watches and one digest, at seven each morning, over these feeds. */
export function townOf(feeds: readonly Feed[]): Config {
  const digests = town.digests.slice(1).map((digest) => ({ ...digest, to: ['press@reader.example'] }));
  return { ...town, poll: { historyDays: null, contact: 'https://reader.example/who' }, feeds, digests };
}

export function feedAt(url: string, change: Partial<Feed> = {}): Feed {
  const { host } = new URL(url);
  return {
    id: idOf('feed', url),
    url,
    name: host,
    tags: [],
    everyMinutes: 15,
    excerptChars: 200,
    firstLookHours: 24,
    text: 'feed',
    ...change,
  };
}
