/** Links in mails: each lets its holder do one thing for one person, by a button, as long as the consent lasts that it belongs to. */
import { beforeEach, describe, expect, it } from 'vitest';
import { subscriptionOf } from '../../shared/store/subscribers.ts';
import { DAY } from '../../shared/time.ts';
import { testKeys } from '../simulation/test-keys.ts';
import {
  atOnce,
  base,
  confirmLink,
  exportLink,
  linkOf,
  morning,
  type PagesDesk,
  pagesDesk,
  preferencesLink,
  startAt,
  unsubscribeLink,
  urlencoded,
} from './web-desk.ts';

let desk: PagesDesk;
let reader: string;
let asking: string;
/** Every kind of link there is, each valid. */
let links: Readonly<Record<'confirm' | 'preferences' | 'unsubscribe' | 'unsubscribe all' | 'export' | 'issue', string>>;

beforeEach(async () => {
  desk = pagesDesk();
  reader = await desk.reader();
  asking = await desk.asking();
  links = {
    confirm: confirmLink(asking, startAt),
    preferences: preferencesLink(reader),
    unsubscribe: unsubscribeLink(reader, morning.id),
    'unsubscribe all': unsubscribeLink(reader, null),
    export: exportLink(reader, startAt + DAY),
    issue: await desk.issue(),
  };
});

const state = async (digest: string, subscriber = reader) =>
  (await subscriptionOf(desk.people, subscriber, digest))?.state ?? null;

describe('looking at pages', () => {
  it('changes nothing, by GET or HEAD, on any route, with valid tokens (row 62)', async () => {
    const before = desk.tables();
    const publicPages = ['/', '/subscribe', '/preferences', `/sample/${morning.id}`, '/nothing'];
    for (const path of [...Object.values(links), `${links.export}/data.json`, ...publicPages]) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        const answer = await desk.ask(path, { method });
        expect([path, answer.status]).toEqual([path, path === '/nothing' ? 404 : 200]);
      }
    }
    expect(desk.tables()).toBe(before);
    expect(desk.deliverQueue.waiting()).toEqual([]);
    expect(desk.calls.filter((call) => !/\.(?:get|query|batchGet)$/.test(call))).toEqual([]);
  });

  it('by a scanner, twice, takes nothing from the person who comes after it (row 62)', async () => {
    for (const path of [links.confirm, links.unsubscribe]) {
      await desk.ask(path, { method: 'HEAD' });
      await desk.ask(path);
    }
    expect(await (await desk.post(links.confirm, {})).text()).toContain('You are subscribed');
    expect(await (await desk.post(links.unsubscribe, {})).text()).toContain('You are unsubscribed from Morning');
  });
});

describe('a confirmation', () => {
  it('asks, and begins by the button', async () => {
    expect(await (await desk.ask(links.confirm)).text()).toContain('<li>Morning</li>');
    expect(await state(morning.id, asking)).toBeNull();
    expect(await (await desk.post(links.confirm, {})).text()).toContain('From now on you get Morning.');
    expect(await state(morning.id, asking)).toBe('confirmed');
  });

  it('repeated, and in two tabs at once, is one subscription and one friendly page (row 63)', async () => {
    const two = await Promise.all([desk.post(links.confirm, {}), desk.post(links.confirm, {})]);
    const answers = await Promise.all([...two, await desk.post(links.confirm, {})].map((answer) => answer.text()));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('You are subscribed');
    expect(await subscriptionOf(desk.people, asking, morning.id)).toMatchObject({ state: 'confirmed', version: 1 });
    expect(await (await desk.ask(links.confirm)).text()).not.toContain('no use');
  });

  it('has no use after its time', async () => {
    desk.advance(31 * DAY);
    expect((await desk.ask(links.confirm)).status).toBe(404);
    expect((await desk.post(links.confirm, {})).status).toBe(404);
    expect(await state(morning.id, asking)).toBeNull();
  });
});

describe('an unsubscribe link', () => {
  it('asks, and ends by its button one digest and no other', async () => {
    expect(await (await desk.ask(links.unsubscribe)).text()).toContain('Unsubscribe from Morning?');
    const said = await (await desk.post(links.unsubscribe, {})).text();
    expect(said).toContain('href="/subscribe"');
    expect([await state(morning.id), await state(atOnce.id)]).toEqual(['unsubscribed', 'confirmed']);
  });

  it('for all digests ends all', async () => {
    expect(await (await desk.ask(links['unsubscribe all'])).text()).toContain('Unsubscribe from all digests?');
    await desk.post(links['unsubscribe all'], {});
    expect([await state(morning.id), await state(atOnce.id)]).toEqual(['unsubscribed', 'unsubscribed']);
  });

  it('from before a newer consent does not end that (row 65)', async () => {
    const preferences = { do: 'save', digest: [atOnce.id] };
    await desk.post(links.preferences, preferences);
    await desk.post(links.preferences, { do: 'save', digest: [atOnce.id, morning.id] });
    const before = desk.tables();
    for (const method of ['GET', 'POST']) {
      const answer = await desk.ask(links.unsubscribe, { method });
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('This link has no use')]);
    }
    expect(desk.tables()).toBe(before);
    expect(await state(morning.id)).toBe('confirmed');
  });
});

describe('one click in a mail program (RFC 8058; row 66)', () => {
  const boundary = '--b\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--';
  const ways: readonly (readonly [string, RequestInit])[] = [
    [
      'urlencoded',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' },
    ],
    ['multipart', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: boundary }],
    [
      'with unknown fields',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click&next=//evil.example',
      },
    ],
    ['without a body', {}],
    ['without a type', { body: 'List-Unsubscribe=One-Click' }],
    ['of a foreign page', { headers: { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' } }],
    ['of a page without a name', { headers: { origin: 'null' } }],
  ];

  it.each(ways)('%s: ends it, again and again, with 200, without redirect or cookie', async (_, init) => {
    for (const digest of [morning.id, null]) {
      for (const again of [1, 2]) {
        const answer = await desk.ask(unsubscribeLink(reader, digest), { method: 'POST', ...init });
        expect([again, answer.status]).toEqual([again, 200]);
        expect(answer.headers.get('set-cookie')).toBeNull();
        expect(answer.headers.get('location')).toBeNull();
      }
    }
    expect([await state(morning.id), await state(atOnce.id)]).toEqual(['unsubscribed', 'unsubscribed']);
  });

  it('works two years later, under a key that was changed meanwhile', async () => {
    const { current } = testKeys;
    const next = { id: '2', secret: 'a newer key' };
    const rotated = pagesDesk({ keys: { ...testKeys, current: next, previous: current } });
    await rotated.reader();
    rotated.advance(2 * 365 * DAY);
    const link = unsubscribeLink(reader, morning.id);
    expect((await rotated.ask(link, { method: 'POST' })).status).toBe(200);
    expect((await subscriptionOf(rotated.people, reader, morning.id))?.state).toBe('unsubscribed');
    const forgotten = pagesDesk({ keys: { ...testKeys, current: next, previous: null } });
    await forgotten.reader();
    expect((await forgotten.ask(link, { method: 'POST' })).status).toBe(404);
  });
});

describe('a token', () => {
  const letterOf = {
    confirm: 'c',
    preferences: 'p',
    unsubscribe: 'u',
    'unsubscribe all': 'u',
    export: 'x',
    issue: 'i',
  } as const;

  it('does its own action and no other, for all tokens on all pages by all methods', async () => {
    for (const [name, link] of Object.entries(links) as [keyof typeof links, string][]) {
      const token = link.slice(3);
      const pages = ['c', 'p', 'u', 'x', 'i'].map((letter) => `/${letter}/${token}`);
      const own = `/${letterOf[name]}/`;
      for (const path of [...pages, `/x/${token}/data.json`, `/i/${token}/1`].filter((each) => !each.startsWith(own))) {
        const before = desk.tables();
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
          const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
          const answer = await desk.ask(path, { method, headers: form });
          expect([name, path, method, answer.status]).toEqual([name, path, method, expect.toBeOneOf([404, 405])]);
        }
        expect(desk.tables()).toBe(before);
      }
    }
  });

  it('that is altered, cut, of another action or person, or over its time leads to one page, byte for byte (row 64)', async () => {
    const [, letter, token = ''] = links.unsubscribe.split('/');
    const altered = [...token].map((sign, at) => token.slice(0, at) + (sign === 'A' ? 'B' : 'A') + token.slice(at + 1));
    const wrong = [
      ...altered.map((each) => `/${letter}/${each}`),
      `/${letter}/${token.slice(0, -1)}`,
      `/${letter}/${token}x`,
      `/${letter}/x`,
      `/${letter}/${links.preferences.slice(3)}`,
      unsubscribeLink(asking, morning.id),
      unsubscribeLink('nobody-at-all-00', morning.id),
      unsubscribeLink(reader, morning.id, 2),
      unsubscribeLink(reader, null, 2),
      preferencesLink(reader, 2),
      preferencesLink(asking),
      confirmLink(asking, startAt - 1),
      confirmLink(reader, startAt),
      exportLink(reader, startAt),
      exportLink('nobody-at-all-00', startAt + DAY),
      linkOf({ action: 'issue', subject: morning.id, digest: null, version: 2 }),
      linkOf({ action: 'issue', subject: atOnce.id, digest: null, version: 1 }),
      linkOf(
        { action: 'unsubscribe', subject: reader, digest: morning.id, version: 1 },
        { current: { id: '1', secret: '?' } },
      ),
    ];
    const before = desk.tables();
    const pages = new Set<string>();
    for (const path of wrong) {
      const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
      for (const init of [{}, { ...form, body: urlencoded({ do: 'save', digest: morning.id }) }]) {
        if (/^\/[xi]/.test(path) && 'body' in init) continue; // has no form
        const answer = await desk.ask(path, init);
        pages.add(JSON.stringify([answer.status, [...answer.headers], await answer.text()]));
      }
    }
    expect([...pages]).toHaveLength(1);
    expect([...pages][0]).toContain('This link has no use');
    expect(desk.tables()).toBe(before);
    expect(altered.length).toBeGreaterThan(50);
  });
});

describe('the preferences', () => {
  const save = (form: Readonly<Record<string, string | readonly string[]>>) =>
    desk.post(links.preferences, { do: 'save', ...form });

  it('change what comes, how often, and in which zone', async () => {
    const answer = await save({
      digest: [morning.id],
      [`when-${morning.id}`]: 'daily',
      [`time-${morning.id}`]: '18:30',
      zone: 'Asia/Tokyo',
    });
    expect(await answer.text()).toContain('Saved.');
    expect(await state(atOnce.id)).toBe('unsubscribed');
    expect(await subscriptionOf(desk.people, reader, morning.id)).toMatchObject({
      state: 'confirmed',
      when: { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: ['18:30'] },
    });
    const shown = await (await desk.ask(links.preferences)).text();
    expect(shown).toContain('<option value="Asia/Tokyo" selected>');
    expect(shown).toContain('value="18:30"');
  });

  it('pause until a day, and end a pause', async () => {
    const both = [morning.id, atOnce.id];
    expect(await (await save({ digest: both, until: '2026-12-01' })).text()).toContain('No mail before 2026-12-01.');
    expect(await (await desk.ask(links.preferences)).text()).toContain('value="2026-12-01"');
    await save({ digest: both, until: '' });
    expect(await (await desk.ask(links.preferences)).text()).not.toContain('value="2026-12-01"');
  });

  it('with a mistake are kept as they were, and told beside the field', async () => {
    const before = desk.tables();
    const answer = await save({ digest: [morning.id], until: '2026-02-30' });
    expect(answer.status).toBe(422);
    const said = await answer.text();
    expect(said).toContain('aria-invalid="true"');
    expect(said).toContain('value="2026-02-30"');
    expect(desk.tables()).toBe(before);
  });

  it('let who may not sign up keep and end what the operator gave, and begin nothing', async () => {
    desk = pagesDesk({ signup: { kind: 'closed' } });
    await desk.reader();
    await save({ digest: [morning.id] });
    expect(await (await desk.ask(links.preferences)).text()).not.toContain(`digest-${atOnce.id}`);
    const said = await (await save({ digest: [morning.id, atOnce.id] })).text();
    expect([said.includes('Saved.'), await state(atOnce.id)]).toEqual([true, 'unsubscribed']);
  });

  it('end everything by one button, and by the link nothing begins again (row 76)', async () => {
    expect(await (await desk.post(links.preferences, { do: 'unsubscribe' })).text()).toContain('unsubscribed from all');
    const before = desk.tables();
    expect(await (await desk.ask(links.preferences)).text()).toContain('Nothing is subscribed');
    expect((await save({ digest: [morning.id] })).status).toBe(404);
    expect(desk.tables()).toBe(before);
  });

  it('never show the address to whom the link was forwarded (row 76)', async () => {
    for (const form of [{ do: 'save', digest: morning.id }, { do: 'erase' }, { do: 'export' }, { do: 'unsubscribe' }]) {
      const said = await (await desk.post(links.preferences, form)).text();
      expect(said).not.toMatch(/press|reader\.example/);
    }
    expect(await (await desk.ask(links.preferences)).text()).toContain('p…@r….example');
  });

  it('erase only when asked once more, and then there is nothing left to show', async () => {
    const before = desk.tables();
    expect(await (await desk.post(links.preferences, { do: 'erase' })).text()).toContain('Erase all that is kept');
    expect(desk.tables()).toBe(before);
    for (const _again of [1, 2]) {
      expect(await (await desk.post(links.preferences, { do: 'erase-now' })).text()).toContain('You are erased');
    }
    expect(desk.tables()).not.toContain('press@reader.example');
    expect((await desk.ask(links.preferences)).status).toBe(404);
  });

  it('send one’s data to the address, not to this page', async () => {
    const said = await (await desk.post(links.preferences, { do: 'export' })).text();
    expect(said).toContain('Check your mail');
    expect(desk.deliverQueue.waiting().map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { kind: 'letter' },
    ]);
  });

  it('know no other wish', async () => {
    for (const wish of ['', 'sudo', '__proto__']) {
      expect((await desk.post(links.preferences, { do: wish })).status).toBe(400);
    }
  });
});

describe('an export link', () => {
  it('shows all that is held and gives it as a file, until it is over', async () => {
    const said = await (await desk.ask(links.export)).text();
    expect(said).toContain('press@reader.example');
    expect(said).toContain('until 2026-11-24 09:00 UTC');
    const file = await desk.ask(`${links.export}/data.json`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(file.headers.get('cache-control')).toBe('no-store');
    expect(await file.json()).toMatchObject({ address: 'press@reader.example' });
    desk.advance(DAY);
    expect([(await desk.ask(links.export)).status, (await desk.ask(`${links.export}/data.json`)).status]).toEqual([
      404, 404,
    ]);
  });

  it('shows markup in what is held as text', async () => {
    const odd = await desk.reader("o'<b>brien@reader.example");
    expect(await (await desk.ask(exportLink(odd, startAt + DAY))).text()).not.toContain('<b>');
  });
});

describe('a link to an issue', () => {
  it('shows the whole of it, page by page, to whoever has it, and nobody’s own links', async () => {
    const answer = await desk.ask(links.issue);
    const said = await answer.text();
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(said).toContain('Ministers weigh encryption');
    expect(said).toContain(`href="${base}${links.issue}/2"`);
    const second = await desk.ask(`${links.issue}/2`);
    expect([second.status, (await second.text()).includes('Coverage')]).toEqual([200, true]);
    expect(said).not.toMatch(/\/[ucp]\//);
    expect(said).not.toContain('\u0002');
  });

  it('has no pages but its own', async () => {
    for (const page of ['0', '3', '-1', '1.5', '01', '1e9', '99999999', 'x', '1/1']) {
      expect([page, (await desk.ask(`${links.issue}/${page}`)).status]).toEqual([page, 404]);
    }
  });
});
