/** Manners at a host: one question at a time, a pause between two, and nobody else waits for it. */
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeJob } from '../../functions/job.ts';
import * as poll from '../../functions/poll.ts';
import { type Listening, listenOnLoopback } from '../../infra/local/loopback.ts';
import { eachHostInTurn } from '../../shared/fetch/host-turns.ts';
import { createHttp } from '../../shared/fetch/http.ts';
import { createPace, NoTurn } from '../../shared/fetch/pace.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { idOf } from '../../shared/id.ts';
import { limits } from '../../shared/limits.ts';
import { lastLookAt } from '../../shared/store/looks.ts';
import { SECOND } from '../../shared/time.ts';
import type { Feed } from '../../shared/watch/config.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { pollConfig } from '../../shared/watch/poll-config.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { rss, town } from '../simulation/small-town.ts';
import { anyAddress, smallInternet } from './small-internet.ts';

/** A question as the host sees it. */
interface Asked {
  readonly host: string;
  readonly from: number;
  to: number;
}

let asked: Asked[];
let publishers: Server;
let server: Listening;
let answerMs: number;
const document = rss(Date.now(), { a: 'Floods' });

beforeEach(async () => {
  asked = [];
  answerMs = 5;
  publishers = createServer(({ headers, url }, response) => {
    const question = { host: headers.host ?? '', from: performance.now(), to: Number.POSITIVE_INFINITY };
    asked.push(question);
    setTimeout(() => {
      question.to = performance.now();
      if (url?.startsWith('/to/')) response.writeHead(302, { location: `http://${url.slice(4)}/feed` }).end();
      else response.end(document);
    }, answerMs);
  });
  server = await listenOnLoopback(publishers, 0);
});
afterEach(() => server.close());

function gate(hosts: readonly string[]) {
  const names = Object.fromEntries(hosts.map((host) => [host, [anyAddress]]));
  return createHttp({ allow: [], clock: Date, network: smallInternet({ names, ports: { 80: server.port } }) });
}

const connections = (): Promise<number> =>
  new Promise((resolve, reject) =>
    publishers.getConnections((fault, count) => (fault ? reject(fault) : resolve(count))),
  );

const clock = { now: () => Date.now() };
const feedAt = (url: string): Feed => ({ ...town.feeds[0]!, id: idOf('feed', url), url });
const askedOf = (host: string) => asked.filter((question) => question.host === host);

/** How long each question came after the answer to the one before; negative when they overlapped. */
const gapsOf = (host: string) => {
  const questions = askedOf(host);
  return questions.slice(1).map(({ from }, place) => from - questions[place]!.to);
};

describe('500 feeds of one host among 100 others (row 29)', () => {
  it('are asked one at a time with a pause; the others are done at once; what had no turn is left to the next tick', async () => {
    const others = Array.from({ length: 100 }, (_, n) => `small${n}.example`);
    const big = Array.from({ length: 500 }, (_, n) => feedAt(`http://big.example/${n}`));
    // The big host stands first: were it to hold up the others, they would be late.
    const feeds = [...big, ...others.map((host) => feedAt(`http://${host}/feed`))];
    const http = gate(['big.example', ...others]);
    const news = memoryTable();
    const config = pollConfig({ ...town, feeds });
    const log = { info() {}, error() {} };
    const [matcher, slices] = [matcherOf(town.watches), new SliceMemory()];
    const handler = poll.serve({ clock, log, http, news, history: null, config, matcher, slices });
    const job = { kind: 'poll', shard: 0, shards: 1, tickAt: Date.now(), whole: true } as const;
    const record = { messageId: 'm', body: writeJob(job), attributes: { ApproximateReceiveCount: '1' } };
    const workSeconds = 2;
    const remaining = (workSeconds + limits.pollReserveSeconds) * SECOND;
    const began = performance.now();
    await handler({ Records: [record] } as never, { awsRequestId: 'a', getRemainingTimeInMillis: () => remaining });
    const tookMs = performance.now() - began;
    // A function that is frozen now wakes up to no dead connection.
    await expect.poll(connections).toBe(0);
    http.close();

    expect(tookMs).toBeLessThan(workSeconds * SECOND + 1_500);
    const gaps = gapsOf('big.example');
    expect(gaps.length).toBeGreaterThan(4);
    expect(gaps.length / workSeconds).toBeLessThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(limits.hostGapMs - 5);
    for (const host of others) expect(askedOf(host), host).toHaveLength(1);
    expect(Math.max(...others.map((host) => askedOf(host)[0]!.to)) - began).toBeLessThan(1_500);

    const lastLook = await lastLookAt(news, job.shard);
    const looked = askedOf('big.example').length;
    expect(lastLook?.missed).toEqual(big.slice(looked).map(({ id }) => id));
  });
});

describe('a host', () => {
  it('is asked one thing at a time with a pause, also when feeds of other hosts lead there', async () => {
    const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];
    const feeds = hosts.map((host) => feedAt(`http://${host}/to/press.example`));
    const http = gate([...hosts, 'press.example']);
    const deadlineAt = Date.now() + 5_000;
    const { faults, left } = await eachHostInTurn(
      http,
      feeds,
      () => true,
      async ({ url }, grouped) => {
        await grouped.get({ url, headers: {}, deadlineAt });
        await grouped.get({ url: 'http://press.example/feed', headers: {}, deadlineAt });
      },
    );
    await expect.poll(connections).toBe(0);
    http.close();
    expect([faults, left]).toEqual([[], []]);
    expect(askedOf('press.example')).toHaveLength(4);
    expect(Math.min(...gapsOf('press.example'))).toBeGreaterThanOrEqual(limits.hostGapMs - 5);
  });

  it('that is busy with others until the time of a look is up has not failed: a fault of ours, and the feed comes again', async () => {
    answerMs = 400;
    const http = gate(['busy.example']);
    const ask = (waitMs: number) =>
      http.get({ url: 'http://busy.example/', headers: {}, deadlineAt: Date.now() + waitMs });
    const first = ask(5_000);
    await expect(ask(100)).rejects.toThrow(NoTurn);
    // Neither does it come too early for whoever stands behind.
    const third = ask(5_000);
    expect([(await first).kind, (await third).kind]).toEqual(['answer', 'answer']);
    http.close();
    expect(asked).toHaveLength(2);
    expect(Math.min(...gapsOf('busy.example'))).toBeGreaterThanOrEqual(limits.hostGapMs - 5);
  });

  it('that the operator allows needs no pause, and is asked one thing at a time all the same', async () => {
    const http = createHttp({ allow: [`127.0.0.1:${server.port}`], clock });
    const began = performance.now();
    const deadlineAt = Date.now() + 5_000;
    await Promise.all(Array.from({ length: 10 }, () => http.get({ url: server.url, headers: {}, deadlineAt })));
    http.close();
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(Math.min(...gapsOf(`127.0.0.1:${server.port}`))).toBeGreaterThanOrEqual(0);
  });

  it('is forgotten when its pause is over: nothing grows with the hosts that were ever asked', async () => {
    let now = 0;
    const pace = createPace(() => now);
    for (let host = 0; host < 3 * limits.hostsRememberedMax; host += 1) {
      const end = await pace.turnAt(`host${host}.example`, 250, now + 10_000);
      end();
      now += 1;
      expect(pace.remembered()).toBeLessThanOrEqual(limits.hostsRememberedMax);
    }
  });
});

describe('the connections of a host', () => {
  it('end with its last feed', async () => {
    const http = gate(['a.example']);
    const feeds = ['http://a.example/1', 'http://a.example/2'].map(feedAt);
    const closed: string[] = [];
    const watched = {
      get: http.get,
      hangUp: async (group: string) => {
        closed.push(group);
        await http.hangUp(group);
      },
    };
    await eachHostInTurn(
      watched,
      feeds,
      () => true,
      async ({ url }, grouped) => {
        expect(closed).toEqual([]);
        await grouped.get({ url, headers: {}, deadlineAt: Date.now() + 5_000 });
      },
    );
    expect(closed).toEqual(['a.example']);
    http.close();
  });
});
