/** The pages over tables in memory, a person at them, and every link that could be in a mail to that person. */

import type { PageBindings } from '../../functions/page-edge.ts';
import * as web from '../../functions/web.ts';
import { type Action, type Claim, type Keys, tokenOf } from '../../shared/delivery/token.ts';
import { renderPages } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { limits } from '../../shared/limits.ts';
import { putIssue } from '../../shared/store/issues.ts';
import { newProfile } from '../../shared/store/person-rows.ts';
import { putIssuePages } from '../../shared/store/rendered.ts';
import { confirmOne, moveProfile, subscriberId, suppress } from '../../shared/store/subscribers.ts';
import type { Config, Signup } from '../../shared/watch/config.ts';
import type { Table } from '../../shared/world.ts';
import { hit, receipt } from '../digest/sample.ts';
import { memoryQueue } from '../simulation/memory-queue.ts';
import { memoryTable } from '../simulation/memory-table.ts';
import { town } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';

export const startAt = Date.UTC(2026, 10, 23, 9);
export const base = 'https://watchword.example';
export const [atOnce, morning] = town.digests as [Config['digests'][0], Config['digests'][0]];

/** Of a browser form. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

export function urlencoded(form: Form): string {
  const pairs = Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}

/** @param part.keys what links are signed with; of a rotated key the one before may still be read */
export function pagesDesk(part: { readonly signup?: Signup; readonly keys?: Keys } = {}) {
  let now = startAt;
  const clock = { now: () => now };
  const people = memoryTable();
  const news = memoryTable();
  const deliverQueue = memoryQueue(clock);
  const faults: unknown[] = [];
  const calls: string[] = [];
  const config: Config = { ...town, deliver: { ...town.deliver, signup: part.signup ?? { kind: 'open' } } };
  const counted = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, method) {
        const port = Reflect.get(target, method) as unknown;
        if (typeof port !== 'function') return port;
        return (...args: unknown[]) => {
          calls.push(`${name}.${String(method)}`);
          return port.apply(target, args) as unknown;
        };
      },
    });
  const world: web.WebWorld = {
    clock,
    log: { info: () => {}, error: (_, fault) => void faults.push(fault) },
    news: counted<Table>('news', news),
    people: counted<Table>('people', people),
    deliverQueue: counted('deliverQueue', deliverQueue),
    config,
    links: { base, keys: part.keys ?? testKeys },
  };
  const app = web.serve(world);
  const ask = async (path: string, init: RequestInit = {}, source = '192.0.2.1') => {
    const bindings: PageBindings = { event: { requestContext: { http: { sourceIp: source } } } };
    return app.request(path, init, bindings);
  };
  return {
    app,
    people,
    news,
    deliverQueue,
    config,
    faults,
    /** Of all ports, in their order. */
    calls,
    ask,
    /** As a browser sends it from a page of ours. */
    post: (path: string, form: Form, headers: Readonly<Record<string, string>> = {}, source?: string) =>
      ask(
        path,
        {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: urlencoded(form),
        },
        source,
      ),
    tables: () => JSON.stringify([people.items(), news.items()]),
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    now: () => now,
    /** Somebody who gets both digests, by the operator's word. */
    async reader(address = 'press@reader.example') {
      const subscriber = subscriberId(address, testKeys);
      for (const digest of town.digests) await confirmOne(people, { address, subscriber, by: 'operator' }, digest, now);
      return subscriber;
    },
    /** Somebody who signed up and has not confirmed. */
    async asking(address = 'new@reader.example', digests: readonly string[] = [morning.id]) {
      const subscriber = subscriberId(address, testKeys);
      const profile = {
        ...newProfile(subscriber, address, 1, now),
        asked: { digests, when: null, zone: null, at: now },
      };
      await moveProfile(people, null, profile);
      return subscriber;
    },
    /** The first issue of a digest, and the link to it. */
    async issue() {
      const frozen = {
        ...{ id: 'issue-1', digest: morning.id, edition: morning.id, number: 1 },
        ...{ slot: '2026-11-23T07:00', slotAt: now, frozenAt: now, hits: [], scanned: {}, sends: true, finished: true },
      };
      const pages = renderPages({
        ...{ digestName: 'Morning', zone: 'Europe/London', slotAt: now, frozenAt: now, watches: town.watches },
        stories: storiesOf(
          Array.from({ length: limits.storiesPerPage + 1 }, (_, n) =>
            hit({ title: `Ministers weigh encryption, part ${n + 1}`, watch: town.watches[0]?.id ?? '' }),
          ),
        ),
        receipt: receipt(),
      });
      await putIssue(news, { ...frozen, receipt: receipt() });
      await putIssuePages(news, frozen.id, pages);
      return linkOf({ action: 'issue', subject: morning.id, digest: null, version: 1 });
    },
    suppress: (subscriber: string) => suppress(people, subscriber, { cause: 'complained', since: now }),
  };
}

export type PagesDesk = ReturnType<typeof pagesDesk>;

const paths: Readonly<Record<Action, string>> = {
  confirm: 'c',
  preferences: 'p',
  unsubscribe: 'u',
  export: 'x',
  issue: 'i',
};

/** Where a link in a mail leads. */
export function linkOf(claim: Claim, keys: Pick<Keys, 'current'> = testKeys): string {
  return `/${paths[claim.action]}/${tokenOf(claim, keys)}`;
}

export const unsubscribeLink = (subject: string, digest: string | null, version = 1) =>
  linkOf({ action: 'unsubscribe', subject, digest, version });

export const preferencesLink = (subject: string, version = 1) =>
  linkOf({ action: 'preferences', subject, digest: null, version });

export const confirmLink = (subject: string, at: number) =>
  linkOf({ action: 'confirm', subject, digest: null, version: at });

export const exportLink = (subject: string, until: number) =>
  linkOf({ action: 'export', subject, digest: null, version: until });
