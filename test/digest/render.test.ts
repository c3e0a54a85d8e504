import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it, test } from 'vitest';
import type { IssueInput } from '../../shared/digest/issue-view.ts';
import { withOwnLinks } from '../../shared/digest/own-links.ts';
import { personalise, type RenderedIssue, renderIssue, renderPages } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import type { Hit } from '../../shared/watch/hit.ts';
import { hit, receipt, slotAt } from './sample.ts';

const watches = [
  { id: 'w-encryption', name: 'Encryption' },
  { id: 'w-home', name: 'Home Secretary' },
  { id: 'w-border', name: 'Border policy' },
];
const unsubscribeUrl = 'https://watch.example/u/token-1';
const preferencesUrl = 'https://watch.example/p/token-2';
const issueUrl = 'https://watch.example/i/token-3';
const own = { unsubscribeUrl, preferencesUrl, issueUrl };
const zeros = watches.map(({ name }) => ({ name, hits: 0 }));

function rendered(hits: readonly Hit[], part: Partial<IssueInput> = {}): RenderedIssue {
  const issue = renderIssue({
    digestName: 'Security brief',
    zone: 'Europe/London',
    slotAt,
    frozenAt: slotAt,
    watches,
    stories: storiesOf(hits),
    receipt: receipt({ watches: zeros }),
    ...part,
  });
  return personalise(issue, own);
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Elements in their order and all text, as a reader of HTML sees it. */
function parse(html: string): { elements: Element[]; text: string; links: string[] } {
  const elements: Element[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag: (name, attributes) => elements.push({ name, attributes }),
      ontext: (part) => {
        text += part;
      },
      oncomment: () => elements.push({ name: '!--', attributes: {} }),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return { elements, text, links: elements.flatMap(({ attributes }) => attributes.href ?? []) };
}

/** Names of elements and attributes, and every value but addresses: what feed text must not change. */
function shape(html: string): string[] {
  return parse(html).elements.map(({ name, attributes }) =>
    JSON.stringify([name, { ...attributes, ...(attributes.href === undefined ? {} : { href: '' }) }]),
  );
}

const plan = hit({ title: 'Home Secretary defends encryption plan' });

describe('the subject tells', () => {
  it('how many stories there are of which watch, in the order of the digest', () => {
    const hits = [
      hit({ watch: 'w-home', title: 'Home Secretary visits flooded Northport' }),
      plan,
      hit({ title: 'Messaging firms may leave over encryption rules' }),
    ];
    expect(rendered(hits).subject).toBe('3 stories: Encryption (2), Home Secretary (1)');
  });

  it('one story as one', () => expect(rendered([plan]).subject).toBe('1 story: Encryption (1)'));

  it('that there is nothing, and how much was read', () => {
    expect(rendered([]).subject).toBe('Nothing new: Security brief, 8 of 8 feeds read');
    const nothing = receipt({ feeds: { read: 0 }, watches: zeros });
    expect(rendered([], { receipt: nothing }).subject).toBe('No feed was read: Security brief, 0 of 8 feeds read');
  });

  it('no more than fits', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ id: `w${n}`, name: `Watch with a long name ${n}` }));
    const { subject } = rendered(
      many.map(({ id }, n) => hit({ watch: id, title: `Story ${n} tells of something else` })),
      { watches: many },
    );
    expect(subject).toMatch(/^30 stories: .* and 2\d more$/);
    expect(subject.length).toBeLessThan(160);
  });
});

test('51: a story of two watches stands once, under the first, and names the other', () => {
  const { text } = rendered([{ ...plan, watch: 'w-home' }, plan]);
  expect(text.match(/defends encryption plan$/gm)).toHaveLength(1);
  expect(text).toMatch(/Encryption \(1\)[\s\S]*Also for Home Secretary: /);
  expect(text).toContain('Nothing found for: Border policy.');
});

it('shows matched words, outlets, times in the zone of the digest, and other outlets with their links', () => {
  const { html, text } = rendered(
    [
      { ...plan, title: { text: plan.title.text, marks: [[23, 33]] } },
      {
        ...hit({ title: plan.title.text, outlet: 'Harbour Post', publishedAt: null }),
        link: 'https://harbour.example/a',
      },
    ],
    { zone: 'Asia/Tokyo' },
  );
  expect(parse(html).text).toContain('Northern Ledger, 15:00');
  expect(parse(html).elements).toContainEqual({ name: 'mark', attributes: expect.objectContaining({ class: 'mark' }) });
  expect(parse(html).links).toContain('https://harbour.example/a');
  expect(text).toContain('Home Secretary defends *encryption* plan');
  expect(text).toContain('Also in: Harbour Post (harbour.example) <https://harbour.example/a>');
  expect(text).toContain('Monday 23 November 2026, 16:00 (Asia/Tokyo)');
  expect(rendered([hit({ title: 'Without a date of its own', publishedAt: null })]).text).toContain(
    'Northern Ledger, found 06:30',
  );
});

it('says by whom a watch was told when it was not the outlet shown', () => {
  const other = hit({ watch: 'w-home', outlet: 'Harbour Post', title: plan.title.text });
  expect(rendered([{ ...plan, publishedAt: slotAt - 2 * HOUR }, other]).text).toMatch(
    /Also for Home Secretary: .*, in Harbour Post/,
  );
});

it('keeps what was found by a watch that has left the digest since', () => {
  const { subject, text } = rendered([hit({ watch: 'w-gone', title: 'Ferry runs aground off Northport' })]);
  expect(subject).toBe('1 story: No longer watched (1)');
  expect(text).toContain('Ferry runs aground off Northport');
});

describe('the receipt', () => {
  it('says that nothing was found only of what was read', () => {
    expect(rendered([]).text).toContain('Border policy: looked, and found none');
    const some = receipt({ feeds: { read: 7, unread: ['Lighthouse Dispatch'] }, watches: zeros });
    expect(rendered([], { receipt: some }).text).toContain('Border policy: found none in 7 feeds');
    const none = receipt({ feeds: { read: 0 }, watches: zeros });
    expect(rendered([], { receipt: none }).text).toContain('Border policy: not looked: no feed was read');
    expect(rendered([], { receipt: none }).text).not.toMatch(/found none|none matched|Nothing new/);
  });

  it('names every feed that failed, why and since when, and those not looked at', () => {
    const failing = [
      {
        name: 'Parliament debates',
        why: 'blocked' as const,
        detail: 'The server answered 403.',
        since: slotAt - 3 * DAY,
      },
    ];
    const part = { receipt: receipt({ feeds: { read: 6, failing, unread: ['Lighthouse Dispatch'] }, watches: zeros }) };
    for (const said of [rendered([plan], part).text, parse(rendered([plan], part).html).text]) {
      expect(said).toContain('Only 6 of 8 feeds read');
      expect(said).toContain(
        'Parliament debates: Blocked by the publisher; failing since Fri 20 Nov, 07:00. The server answered 403.',
      );
      expect(said).toContain('Lighthouse Dispatch');
    }
  });

  it('has a line for each watch, and counts', () => {
    const lines = receipt({ watches: [{ name: 'Encryption', hits: 1_204 }, ...zeros.slice(1)] });
    const { text } = rendered([plan], { receipt: lines });
    for (const line of [
      'From Sun 22 Nov, 07:00 to Mon 23 Nov, 07:00.',
      'Feeds read: 8 of 8',
      'Read, with nothing new: 2',
      'New articles checked: 412',
      'Last look: Mon 23 Nov, 06:56',
      '- Encryption: 1,204 articles',
      '- Home Secretary: looked, and found none',
    ]) {
      expect(text).toContain(line);
    }
    expect(rendered([], { receipt: receipt({ from: null, lastLookAt: null }) }).text).toMatch(
      /The first look, up to .*[\s\S]*Last look: none in this time/,
    );
  });
});

describe('text of a feed stays text', () => {
  const hostile = [
    ['52: markup that closes ours', '</a></h3><script>alert(1)</script>'],
    ['52: an attribute', '"><img src=x onerror=alert(1)>'],
    ['52: a comment', '<!-- --><!--[if mso]><p>'],
    ['52: an end of CDATA', ']]></style></title><p>'],
    ['54: bidi overrides and letters of no width', '\u202egnp.exe\u2066\u200b\ufeff'],
    [
      '59: style, frame, image, form',
      '<style>*{display:none}</style><iframe src=//x></iframe><form action=//x><input>',
    ],
    ['60: marks of templates', '{{subject}} \u0024{unsubscribeUrl} $& $1 %s <%= x %>'],
    ['60: our own marks', '\u0002unsubscribe\u0003\u0002preferences\u0003\u0002issue\u0003'],
    ['43: controls and half pairs', '\u0000\u0007\ud800\udfff\ufffe\u0085'],
  ] as const;

  const infected = (bad: string): Hit[] => [
    {
      ...hit({ title: `Word ${bad} word`, outlet: `Outlet ${bad}`, link: 'https://news.example/a' }),
      excerpt: { text: `Text ${bad} text`, marks: [[0, 6]] },
      reasons: [{ line: `line ${bad}`, field: 'title', text: bad }],
    },
    hit({
      watch: 'w-home',
      title: `Word ${bad} word`,
      outlet: `Other ${bad}`,
      link: 'https://news.example/a?utm_source=b',
    }),
  ];

  test.each(hostile)('%s', (_, bad) => {
    const failing = (name: string) => [{ name, why: 'blocked' as const, detail: name, since: slotAt - DAY }];
    const withReceipt = (name: string) => ({
      digestName: `Brief ${name}`,
      receipt: receipt({ feeds: { failing: failing(name), unread: [name] }, watches: [{ name, hits: 0 }] }),
    });
    const honest = rendered(infected('plain'), withReceipt('plain'));
    const attacked = rendered(infected(bad), withReceipt(bad));
    expect(shape(attacked.html)).toEqual(shape(honest.html));
    for (const part of [attacked.html, attacked.text, attacked.subject]) {
      const same = part === attacked.html ? honest.html : part === attacked.text ? honest.text : honest.subject;
      for (const url of Object.values(own)) expect(part.split(url).length).toBe(same.split(url).length);
      expect(part).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|\p{Bidi_Control}|\u200b|\ufeff|\ufffe/u);
    }
    expect(attacked.text.split('\n').length).toBe(honest.text.split('\n').length);
    if (/^[ -~]*$/.test(bad)) expect(parse(attacked.html).text).toContain(`Word ${bad} word`);
  });

  it('52: whatever it is', () => {
    const honest = shape(rendered(infected('plain')).html);
    const part = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      'script',
      'a',
      '=',
      '\u0002',
      '\n',
      '\r\nBcc: x',
      '`',
      '${',
      '\u202e',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        expect(shape(rendered(infected(`x${parts.join('')}`)).html)).toEqual(honest);
      }),
    );
  });

  test('53: line ends in a title make no line of the subject or the text', () => {
    const named = [{ id: 'w-encryption', name: 'Encryption\r\nBcc: all@x.example' }];
    const { subject, text } = rendered(
      [hit({ title: 'Title\r\nBcc: all@x.example\n\nUnsubscribe: https://evil.example' })],
      { watches: named },
    );
    expect(subject).toBe('1 story: Encryption Bcc: all@x.example (1)');
    expect(text).not.toMatch(/^(?:Bcc|Unsubscribe: https:\/\/evil)/m);
  });

  it('keeps joiners where they shape words and emoji', () => {
    expect(rendered([hit({ title: 'می\u200cخواهم 👩\u200d💻 pass\u200dword' })]).text).toContain(
      'می\u200cخواهم 👩\u200d💻 password',
    );
  });
});

describe('55: only http(s) addresses are links', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example/a',
    'https://bank.example@evil.example/',
  ])('%s', (link) => {
    const { html, text } = rendered([{ ...plan, link }]);
    expect(new Set(parse(html).links)).toEqual(new Set(Object.values(own)));
    expect(text).not.toContain(link.trim());
    expect(parse(html).text).toContain(plan.title.text);
  });
});

test('56: a title of 100,000 characters is cut between graphemes', () => {
  const { html, text } = rendered([hit({ title: '👩\u200d👩\u200d👧'.repeat(12_500) })]);
  const line = text.split('\n').find((each) => each.startsWith('👩')) ?? '';
  expect(line).toMatch(/^(?:👩\u200d👩\u200d👧)+…$/u);
  expect(line.length).toBeLessThanOrEqual(301);
  expect(Buffer.byteLength(html)).toBeLessThan(20_000);
});

test('56: one unbroken word may break anywhere', () => {
  const { elements } = parse(rendered([hit({ title: 'x'.repeat(5_000) })]).html);
  const card = elements.find(({ attributes }) => attributes.class === 'card');
  expect(card?.attributes.style).toContain('overflow-wrap:anywhere');
});

describe('size', () => {
  const encoded = (html: string) => Math.ceil(Buffer.from(html).toString('base64').length * (78 / 76));
  const manyHits = (count: number, letter: string) =>
    Array.from({ length: count }, (_, n) => ({
      ...hit({ watch: watches[n % 2]?.id ?? '', entry: `e${n}`, title: `${letter.repeat(60)} ${n} of many` }),
      link: `https://news.example/${n}`,
      excerpt: { text: letter.repeat(400), marks: [] },
    }));

  test.each([
    ['57: 3,000 hits', 3_000, 'a'],
    ['58: 3,000 hits in Cyrillic', 3_000, 'ж'],
    ['58: 300 hits in Chinese', 300, '密'],
    ['57: 5,000 hits of markup', 5_000, '<'],
  ])('%s: under the cap, totals exact, the rest counted', (_, count, letter) => {
    const { html, text, subject } = rendered(manyHits(count, letter));
    const total = count.toLocaleString('en-GB');
    expect(encoded(html)).toBeLessThanOrEqual(70_000);
    expect(encoded(html)).toBeGreaterThan(60_000);
    expect(subject).toBe(`${total} stories: Encryption (${count / 2}), Home Secretary (${count / 2})`);
    const shown = text.match(/^Why: /gm)?.length ?? 0;
    const more = [...text.matchAll(/^([\d,]+) more stor(?:y|ies)/gm)].map(([, number]) =>
      Number(number?.replace(/,/g, '')),
    );
    expect(shown + more.reduce((sum, each) => sum + each, 0)).toBe(count);
    expect(parse(html).links.filter((link) => link === unsubscribeUrl)).toHaveLength(2);
    expect(text).toContain(`not shown in this mail.\nThe whole issue: ${issueUrl}`);
  });

  it('keeps the weightiest stories', () => {
    const weighty = [plan, hit({ title: plan.title.text, outlet: 'Harbour Post' })];
    expect(rendered([...manyHits(3_000, 'a'), ...weighty]).text).toContain(plan.title.text);
  });

  it('57: leaves out whole watches and names them, and bounds the receipt', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      id: `w${n}`,
      name: `Watch number ${n} ${'with a long name '.repeat(5)}`,
    }));
    const hits = many.map(({ id }, n) => hit({ watch: id, title: `Story ${n} tells of something else` }));
    const failing = many.map(({ name }) => ({
      name,
      why: 'timeout' as const,
      detail: 'x'.repeat(5_000),
      since: slotAt - DAY,
    }));
    const part = {
      watches: many,
      receipt: receipt({
        feeds: { watched: 2_008, failing, unread: many.map(({ name }) => name) },
        watches: many.map(({ name }) => ({ name, hits: 1 })),
      }),
    };
    const { html, text } = rendered(hits, part);
    expect(encoded(html)).toBeLessThanOrEqual(70_000);
    expect(text).toMatch(/^9\d\d more stories are not shown in this mail: Watch number/m);
    expect(text).toContain('- and 980 more: not listed in this mail');
    expect(text).toContain('- and 980 more watches: 980 articles');
  });
});

describe('what mail clients and screen readers need', () => {
  const failing = [{ name: 'Debates', why: 'blocked' as const, detail: 'No.', since: slotAt - DAY }];
  const { html } = rendered(
    [
      { ...plan, publishedAt: slotAt - 2 * HOUR, excerpt: { text: 'Some text of it', marks: [[0, 4]] } },
      hit({ title: plan.title.text, outlet: 'Harbour Post' }),
    ],
    {
      receipt: receipt({ feeds: { read: 7, failing, unread: ['Lighthouse'] }, watches: zeros }),
    },
  );
  const { elements } = parse(html);

  it('names language and title, and fetches nothing', () => {
    expect(elements.find(({ name }) => name === 'html')?.attributes.lang).toBe('en-GB');
    expect(html).toContain('<title>1 story: Encryption (1)</title>');
    expect(elements.filter(({ name }) => /^(?:img|link|script|iframe|object|video|audio|form)$/.test(name))).toEqual(
      [],
    );
    expect(html).not.toMatch(/url\(|@import|src=/);
  });

  it('has headings in their order, lists, and layout tables that say so', () => {
    const headings = elements.filter(({ name }) => /^h\d$/.test(name)).map(({ name }) => Number(name[1]));
    expect(headings[0]).toBe(1);
    for (const [index, level] of headings.entries()) expect(level - (headings[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    const tables = elements.filter(({ name }) => name === 'table').map(({ attributes }) => attributes.role ?? 'data');
    expect(tables).toEqual(['presentation', 'presentation', 'data', 'data']);
    expect(elements.filter(({ name }) => name === 'th').every(({ attributes }) => attributes.scope === 'row')).toBe(
      true,
    );
  });

  it.each([
    ['unsubscribe', unsubscribeUrl],
    ['change preferences', preferencesUrl],
  ])('offers to %s at top and bottom, in both parts', (_, url) => {
    const { html: mail, text } = rendered([plan]);
    expect(text.split(url)).toHaveLength(3);
    expect(mail.indexOf(url)).toBeLessThan(mail.indexOf('<h2'));
    expect(mail.lastIndexOf(url)).toBeGreaterThan(mail.lastIndexOf('<h2'));
  });

  // Gmail on phones turns light colours around, whatever the style sheet says.
  test.each(['light', 'dark', 'turned'] as const)(
    'every text has a contrast of 4.5 or more on its ground, %s',
    (scheme) => {
      const pairs = scheme === 'turned' ? turned(groundsOf(html, 'light')) : groundsOf(html, scheme);
      expect(pairs.size).toBeGreaterThanOrEqual(7);
      for (const pair of pairs) {
        const [colour, ground] = pair.split(' on ');
        expect([pair, contrast(colour ?? '', ground ?? '')]).toEqual([
          pair,
          expect.toSatisfy((ratio: number) => ratio >= 4.5),
        ]);
      }
    },
  );
});

describe('the issue in the browser', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...hit({ watch: watches[n % 2]?.id ?? '', entry: `e${n}`, title: `Letter number ${n} of many` }),
      link: `https://news.example/${n}`,
    }));
  const pagesOf = (hits: readonly Hit[], part: Partial<IssueInput> = {}) =>
    renderPages({
      digestName: 'Security brief',
      zone: 'Europe/London',
      slotAt,
      frozenAt: slotAt,
      watches,
      stories: storiesOf(hits),
      receipt: receipt({ watches: zeros }),
      ...part,
    }).map((page) => withOwnLinks(page, { issueUrl }));

  it('57: has every story on one of its pages, and the receipt on the last', () => {
    const pages = pagesOf(many(250));
    expect(pages).toHaveLength(3);
    const links = pages.flatMap((page) => parse(page).links.filter((link) => link.startsWith('https://news.')));
    expect(links.toSorted()).toEqual(
      many(250)
        .map(({ link }) => link)
        .toSorted(),
    );
    expect(pages.map((page) => parse(page).text.includes('What was looked at'))).toEqual([false, false, true]);
    expect(parse(pages[0] ?? '').text).toContain('250 stories.');
  });

  it('leads from each page to the others', () => {
    const ofIssue = (page: string) => parse(page).links.filter((link) => link.startsWith(issueUrl));
    expect(pagesOf(many(250)).map(ofIssue)).toEqual([
      [`${issueUrl}/2`, `${issueUrl}/3`],
      [issueUrl, `${issueUrl}/3`],
      [issueUrl, `${issueUrl}/2`],
    ]);
    expect(pagesOf(many(2)).map(ofIssue)).toEqual([[]]);
  });

  it('is one page with its receipt when there is nothing to tell', () => {
    const [page = '', ...others] = pagesOf([]);
    expect(others).toEqual([]);
    expect(parse(page).text).toMatch(/Nothing new\.[\s\S]*What was looked at/);
  });

  it('holds nothing that is one reader’s own, for whoever has the link may read it', () => {
    for (const page of pagesOf(many(250))) {
      expect(page).not.toMatch(/subscribe|Preferences/);
      expect(page).toContain('<meta name="robots" content="noindex">');
      expect(page).not.toContain('\u0002');
      for (const { name, attributes } of parse(page).elements) {
        if (name === 'a' && !attributes.href?.startsWith(issueUrl)) expect(attributes.rel).toBe('noopener noreferrer');
      }
    }
  });

  it('52: has the shape of an honest page whatever a feed says', () => {
    const bad = '</a><script>alert(1)</script><img src=x onerror=alert(1)>';
    const [honest = ''] = pagesOf([hit({ title: 'Word plain word' })]);
    const [attacked = ''] = pagesOf([hit({ title: `Word ${bad} word` })]);
    expect(shape(attacked)).toEqual(shape(honest));
    expect(parse(attacked).text).toContain(`Word ${bad} word`);
  });
});

test('a link that would need escaping is refused', () => {
  const issue = { subject: '', html: '', text: '' };
  for (const bad of [
    'javascript:alert(1)',
    'https://x.example/"',
    'https://x.example/\n',
    `https://x.example/${'a'.repeat(400)}`,
  ]) {
    for (const name of Object.keys(own)) {
      expect(() => personalise(issue, { ...own, [name]: bad })).toThrow('Broken invariant');
    }
  }
});

/** Every pair of colour and background that stands behind a text, as `#colour on #ground`. */
function groundsOf(html: string, scheme: 'light' | 'dark'): Set<string> {
  const sheet = scheme === 'dark' ? (/prefers-color-scheme:dark\)\{([\s\S]*?)\}\}/.exec(html)?.[1] ?? '') : '';
  const ofSheet = (classes: string, property: string) =>
    classes
      .split(' ')
      .map((each) => new RegExp(`\\.${each}\\{[^}]*?(?<![-\\w])${property}:(#\\w{6})`).exec(`${sheet}}`)?.[1])
      .findLast((found) => found !== undefined);
  const stack = [{ colour: '', ground: '' }];
  const pairs = new Set<string>();
  const parser = new Parser({
    onopentag(_, { style = '', class: classes = 'none' }) {
      const inherited = stack.at(-1) ?? { colour: '', ground: '' };
      const own = (property: string) =>
        ofSheet(classes, property) ?? new RegExp(`(?:^|;)${property}:(#\\w{6})`).exec(style)?.[1];
      stack.push({ colour: own('color') ?? inherited.colour, ground: own('background-color') ?? inherited.ground });
    },
    ontext(text) {
      const { colour, ground } = stack.at(-1) ?? { colour: '', ground: '' };
      if (text.trim() !== '' && ground !== '') pairs.add(`${colour} on ${ground}`);
    },
    onclosetag: () => void stack.pop(),
  });
  parser.end(html);
  return pairs;
}

/** Each colour as its opposite. */
function turned(pairs: ReadonlySet<string>): Set<string> {
  const opposite = (hex: string) => `#${(0xffffff - Number.parseInt(hex.slice(1), 16)).toString(16).padStart(6, '0')}`;
  return new Set([...pairs].map((pair) => pair.replace(/#\w{6}/g, opposite)));
}

/** WCAG 2.2: contrast ratio of two sRGB colours. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (r ?? Number.NaN) + 0.7152 * (g ?? Number.NaN) + 0.0722 * (b ?? Number.NaN);
  };
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 1) + 0.05);
}
