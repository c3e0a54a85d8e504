import { beforeEach, describe, expect, it } from 'vitest';
import type { PageBindings } from '../../functions/page-edge.ts';
import * as web from '../../functions/web.ts';
import { limits } from '../../shared/limits.ts';
import { requestOf } from '../../shared/store/requests.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { openTown, signUpTown } from './sign-up-town.ts';
import {
  base,
  type Form,
  morning,
  type PagesDesk,
  pagesDesk,
  preferencesLink,
  startAt,
  urlencoded,
} from './web-desk.ts';

let desk: PagesDesk;
beforeEach(() => {
  desk = pagesDesk();
});

const address = 'new@reader.example';
const signUp: Form = { digest: morning.id, when: 'own', address };
/** Ids of the requests that letters are to answer. */
const asked = () => desk.deliverQueue.waiting().map(({ body }) => (JSON.parse(body) as { request: string }).request);

describe('the sign-up', () => {
  it('shows each digest with what it watches, when it comes, and a sample', async () => {
    const said = await (await desk.ask('/subscribe')).text();
    expect(said).toContain('Watches Encryption and Floods.');
    expect(said).toContain('Comes every day at 07:00 (Europe/London), also when there is nothing to tell.');
    expect(said).toContain(`href="/sample/${morning.id}"`);
    const sample = await (await desk.ask(`/sample/${morning.id}`)).text();
    expect(sample).toMatch(/Morning \(sample\)[\s\S]*What is new about <mark[^>]*>Encryption<\/mark>[\s\S]*Feeds read/);
  });

  it('stores one request and queues one letter, which holds no address', async () => {
    expect(await (await desk.post('/subscribe', signUp)).text()).toContain('Check your mail');
    const [id = ''] = asked();
    expect(await requestOf(desk.people, id, startAt)).toMatchObject({
      request: { kind: 'sign-up', address, digests: [morning.id], when: null, zone: null },
    });
    expect(JSON.stringify(desk.deliverQueue.waiting())).not.toContain('reader.example');
  });

  it('answers with the same bytes and port calls for an address that is new, known, waiting, left alone or erased (row 69)', async () => {
    const known = await desk.reader('known@reader.example');
    await desk.asking('waiting@reader.example');
    await desk.suppress(await desk.reader('alone@reader.example'));
    const erased = await desk.reader('erased@reader.example');
    expect((await desk.post(preferencesLink(erased), { do: 'erase-now' })).status).toBe(200);
    for (const path of ['/subscribe', '/preferences']) {
      const seen = new Set<string>();
      for (const name of ['new', 'known', 'waiting', 'alone', 'erased', 'KNOWN', 'known']) {
        desk.calls.length = 0;
        const answer = await desk.post(
          path,
          { ...signUp, address: `${name}@reader.example` },
          {},
          `192.0.2.${seen.size}`,
        );
        seen.add(JSON.stringify([answer.status, [...answer.headers], await answer.text(), desk.calls]));
        desk.advance(3_600_000);
      }
      expect([...seen]).toHaveLength(1);
    }
    expect(known).not.toBe('');
  });

  it('tells what is wrong beside the field, and keeps what was typed', async () => {
    const answer = await desk.post('/subscribe', { address: '"><script>alert(1)</script>' });
    const said = await answer.text();
    expect(answer.status).toBe(422);
    expect(said).toContain('Choose at least one digest.');
    expect(said).toContain('href="#address"');
    expect(said).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(said).not.toContain('<script>alert');
    expect(desk.calls).toEqual([]);
  });

  it('takes an address that is one recipient, and no other (row 72)', async () => {
    for (const wrong of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example,c@d.example',
      'A <a@b.example>',
      '"a b"@c.example',
    ]) {
      expect((await desk.post('/subscribe', { ...signUp, address: wrong })).status).toBe(422);
      expect((await desk.post('/preferences', { address: wrong })).status).toBe(422);
    }
    expect(desk.people.items()).toEqual([]);
  });

  it('says who may sign up where only some may, and stores nothing of others', async () => {
    desk = pagesDesk({ signup: { kind: 'domains', domains: ['press.example'] } });
    expect(await (await desk.ask('/subscribe')).text()).toContain('An address under press.example.');
    const answer = await desk.post('/subscribe', signUp);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Only addresses under press.example can subscribe here.');
    expect(desk.calls).toEqual([]);
    expect((await desk.post('/subscribe', { ...signUp, address: 'a@press.example' })).status).toBe(200);
  });

  it('is closed where only the operator subscribes people', async () => {
    desk = pagesDesk({ signup: { kind: 'closed' } });
    expect(await (await desk.ask('/subscribe')).text()).toContain('Subscribing is not open here');
    const answer = await desk.post('/subscribe', signUp);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('not open here')]);
    expect(desk.calls).toEqual([]);
    expect((await desk.post('/preferences', { address })).status).toBe(200);
  });
});

// Ten thousand whole pages each: some seconds, more on a busy machine.
describe('a flood of sign-ups through the pages (row 67)', { timeout: 60_000 }, () => {
  const flood = 10_000;
  const flooded = async (askOf: (count: number) => { readonly address: string; readonly source: string }) => {
    const town = signUpTown();
    const { clock, news, people, queues } = town;
    const log = { info: () => {}, error: () => {} };
    const links = { base, keys: testKeys };
    const app = web.serve({ clock, news, people, log, links, config: openTown, deliverQueue: queues.deliver });
    const statuses = new Map<number, number>();
    for (let count = 0; count < flood; count++) {
      const { address, source } = askOf(count);
      const body = urlencoded({ ...signUp, address });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const bindings: PageBindings = { event: { requestContext: { http: { sourceIp: source } } } };
      const { status } = await app.request('/subscribe', { method: 'POST', headers, body }, bindings);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (count % 500 === 499) await town.queues.deliver.drain(town.letters);
      town.advance(100);
    }
    return { mails: town.mails.length, statuses: Object.fromEntries(statuses), told: town.told };
  };

  it('for one address from many sources is two mails in 17 minutes, and every answer the same', async () => {
    const { mails, statuses } = await flooded((count) => ({ address, source: `198.51.${count >> 8}.${count & 255}` }));
    expect({ mails, statuses }).toEqual({ mails: 2, statuses: { 200: flood } });
  });

  it('for many addresses from one source is as many mails as one source may ask for', async () => {
    const { mails, statuses } = await flooded((count) => ({ address: `a${count}@b.example`, source: '198.51.100.1' }));
    const most = limits.asksPerSourcePerHourMax;
    expect({ mails, statuses }).toEqual({ mails: most, statuses: { 200: most, 429: flood - most } });
  });

  it('for many addresses from many sources is as many mails as go out within an hour, and the log tells', async () => {
    const { mails, told } = await flooded((count) => ({
      address: `a${count}@b.example`,
      source: `198.51.${count >> 8}.${count & 255}`,
    }));
    expect(mails).toBe(limits.lettersPerHourMax);
    expect(told.filter(({ event }) => event === 'limit reached')).toHaveLength(1);
  });
});
