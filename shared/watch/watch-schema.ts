/**
 * The shapes of the watch file. One validator: it judges the file, and the JSON Schema that editors complete and hover
 * with is generated from it. Values arrive as text (see `yaml-source.ts`), so numbers and booleans are read here.
 */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { parseAddress, parseDomain, parseSender } from './address.ts';
import { spanProblem } from './span.ts';
import { parseWhen } from './when.ts';
import { zoneProblem } from './zone.ts';

/** Text that is more than any text; null: nothing is wrong. */
type ProblemOf = (text: string) => string | null;

function checked(problemOf: ProblemOf, example: string, description: string) {
  const shape = z
    .string()
    .min(1)
    .superRefine((text, context) => {
      const message = text === '' ? null : problemOf(text);
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
  return shape.meta({ description, examples: [example] });
}

function words(example: string, description: string) {
  return z
    .string()
    .min(1)
    .meta({ description, examples: [example] });
}

const wholeNumber = (min: number, max: number, example: number, description: string) =>
  z
    .preprocess(
      (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
      z.int().min(min).max(max),
    )
    .meta({ description, examples: [example] });

const trueOrFalse = (description: string) =>
  z
    .preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean())
    .meta({ description, examples: [true] });

const problemIn =
  (parse: (text: string) => object): ProblemOf =>
  (text) => {
    const parsed = parse(text);
    return 'problem' in parsed ? String(parsed.problem) : null;
  };

const nameProblem: ProblemOf = (text) => {
  if (/[\p{Cc}\u2028\u2029]/u.test(text))
    return 'a name stands on one line; remove the line break or control character';
  if (text.trim() !== text) return 'a name has no spaces around it; remove them';
  if (text.length > limits.nameCharsMax) return `a name has at most ${limits.nameCharsMax} characters`;
  return null;
};
const dayProblem: ProblemOf = (text) => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  return real ? null : `"${text}" is not a day; write it as 2026-11-23`;
};
const domainProblem: ProblemOf = (text) =>
  parseDomain(text) === null ? `"${text}" is not a domain; write the part after the @, such as example.org` : null;

const name = (example: string, description: string) => checked(nameProblem, example, description);
const day = (description: string) => checked(dayProblem, '2016-07-13', description);
const zone = (description: string) => checked(zoneProblem, 'Europe/London', description);
const every = checked(
  (text) => (text === 'auto' ? null : spanProblem(text, limits.everyMinutesMin, limits.everyMinutesMax)),
  '15m',
  'How often a feed is looked at: 5m to 24h, or auto',
);
const firstLook = checked(
  (text) =>
    /^\d+h$/.test(text)
      ? spanProblem(text, 0, limits.firstLookHoursMax * 60)
      : `"${text}" is not a number of hours; write for example 24h`,
  '24h',
  'On the first look at a feed only entries published within so many hours count as new',
);
const excerpt = wholeNumber(
  0,
  limits.excerptCharsMax,
  limits.excerptChars,
  'Characters of the text that readers are shown; 0 is title only',
);
const tags = z
  .array(name('press', 'A word to choose feeds by'))
  .meta({ description: 'Words to choose feeds by', examples: [['press']] });

const termWords = words(
  'end-to-end encryption',
  'A phrase; encryption~ every form; crypto* beginning; ISIS capitals; =Signal exactly so',
);
const term = z.union([
  termWords,
  z
    .strictObject({ list: words('messaging apps', 'The lines of this list, put in here') })
    .meta({ examples: [{ list: 'messaging apps' }] }),
]);
const terms = (description: string, example: readonly string[]) =>
  z
    .array(term)
    .min(1)
    .meta({ description, examples: [[...example]] });
const groups = z
  .array(terms('One of these', ['Thames Water', 'Severn Trent']))
  .min(1)
  .meta({
    description: 'Every group, each with one of its lines',
    examples: [[['Thames Water', 'Severn Trent'], ['fine~']]],
  });
const where = z
  .enum(['title', 'body'])
  .meta({ description: 'Where to look: only in the title, or only in the text', examples: ['title'] });

const person = {
  name: name('Jane Example', 'The full name, as it stands in the news'),
  also: terms('Short forms that count in an entry that has the full name', ['Example']).optional(),
  none: terms('Namesakes: where one of these occurs, this person is not meant', ['Example United']).optional(),
};

const watch = z.strictObject({
  watch: name('Encryption', 'The name of the watch; with no group below it, the name itself is looked for'),
  any: terms('One of these lines', ['encryption~', 'backdoor']).optional(),
  all: groups.optional(),
  near: z
    .strictObject({
      within: wholeNumber(1, limits.nearWordsMax, 10, 'At most so many words apart'),
      ordered: trueOrFalse('In the order of the groups').optional(),
      all: groups.min(2),
    })
    .meta({
      description: 'Every group, close together',
      examples: [{ within: 10, all: [['Thames Water'], ['fine~']] }],
    })
    .optional(),
  at_least: z
    .strictObject({
      count: wholeNumber(1, limits.linesPerWatchMax, 2, 'So many different lines'),
      of: terms('Of these lines', ['flood~', 'river~']),
      in: where.optional(),
    })
    .meta({ description: 'So many of these lines', examples: [{ count: 2, of: ['flood~', 'river~', 'Met Office'] }] })
    .optional(),
  person: z
    .strictObject(person)
    .meta({
      description: 'A person: the full name opens the door for the short forms',
      examples: [{ name: 'Jane Example' }],
    })
    .optional(),
  office: z
    .strictObject({
      titles: terms('Titles of the office', ['Home Secretary']),
      holders: z
        .array(
          z
            .strictObject({
              ...person,
              from: day('First day in office').optional(),
              to: day('Last day in office').optional(),
            })
            .meta({ examples: [{ name: 'Jane Example', from: '2024-07-05' }] }),
        )
        .min(1)
        .meta({ description: 'Who held it, and when', examples: [[{ name: 'Jane Example', from: '2024-07-05' }]] }),
    })
    .meta({ description: 'An office: its titles, and whoever holds it on the day of the entry' })
    .optional(),
  none: terms('Takes the whole watch away when it occurs anywhere', ['full-disk encryption']).optional(),
  in: where.optional(),
  feeds: z
    .array(words('press', 'Name or tag of feeds'))
    .min(1)
    .meta({ description: 'Only entries of feeds with these names or tags', examples: [['press']] })
    .optional(),
  noisy: z
    .literal('ok')
    .meta({ description: 'This watch may find very much', examples: ['ok'] })
    .optional(),
  examples: z
    .strictObject({
      match: z
        .array(words('A headline', 'A headline'))
        .meta({ description: 'Headlines it must find', examples: [['A headline']] })
        .optional(),
      no_match: z
        .array(words('A headline', 'A headline'))
        .meta({ description: 'Headlines it must not find', examples: [['A headline']] })
        .optional(),
    })
    .meta({ description: 'Headlines that are tested at every check', examples: [{ match: ['A headline'] }] })
    .optional(),
});

const digest = z.strictObject({
  digest: name('Security brief', 'The name of the digest; subscribers choose by it'),
  watches: z
    .array(words('Encryption', 'Name of a watch'))
    .min(1)
    .meta({ description: 'Names of watches, in the order readers see', examples: [['Encryption']] }),
  when: checked(
    problemIn(parseWhen),
    'every weekday at 07:00',
    'at once, every hour, every day at 07:00 and 17:00, every monday at 08:30',
  ),
  zone: zone('The time zone of this digest').optional(),
  to: z
    .array(checked(problemIn(parseAddress), 'press-office@example.org', 'One address'))
    .max(limits.addressesPerDigestMax)
    .meta({
      description: 'Addresses that get it without subscribing; you vouch for their consent',
      examples: [['press-office@example.org']],
    })
    .optional(),
  empty: z
    .enum(['send', 'skip'])
    .meta({ description: 'When there is nothing to tell', examples: ['skip'] })
    .optional(),
});

export const feedShape = z.union([
  words('https://www.example.org/feed.xml', 'Address of a feed'),
  z.strictObject({
    url: words('https://www.example.org/feed.xml', 'Address of the feed'),
    name: name('Example News', 'What readers see as the source; the host if nothing is said').optional(),
    every: every.optional(),
    tags: tags.optional(),
    excerpt: excerpt.optional(),
    first_look: firstLook.optional(),
  }),
  z.strictObject({
    opml: words('feeds/press.opml', 'Path of an OPML file, seen from this file'),
    tags: tags.optional(),
    every: every.optional(),
  }),
]);

/** The whole file. */
export const fileShape = z
  .strictObject({
    deliver: z
      .strictObject({
        from: checked(problemIn(parseSender), 'Watchword <alerts@example.org>', 'The sender of all mail'),
        zone: zone('The time zone of digests that name none'),
        signup: z
          .union([
            z.enum(['open', 'closed']),
            z.strictObject({
              domains: z
                .array(checked(domainProblem, 'example.org', 'The part after the @'))
                .min(1)
                .meta({ description: 'Only addresses under these domains', examples: [['example.org']] }),
            }),
          ])
          .meta({
            description: 'Who may subscribe: open, closed (the default) or {domains: […]}',
            examples: [{ domains: ['example.org'] }],
          })
          .optional(),
      })
      .meta({
        description: 'How mail goes out',
        examples: [{ from: 'Watchword <alerts@example.org>', zone: 'Europe/London' }],
      }),
    poll: z
      .strictObject({ every: every.optional(), first_look: firstLook.optional(), excerpt: excerpt.optional() })
      .meta({ description: 'What holds for every feed that says nothing else', examples: [{ every: '15m' }] })
      .optional(),
    feeds: z
      .array(feedShape)
      .min(1)
      .meta({ description: 'What is read', examples: [['https://www.example.org/feed.xml']] }),
    lists: z
      .record(
        z.string(),
        z
          .array(termWords)
          .min(1)
          .meta({ examples: [['WhatsApp', 'Signal']] }),
      )
      .meta({
        description: 'Lines shared by watches, by name',
        examples: [{ 'messaging apps': ['WhatsApp', 'Signal'] }],
      })
      .optional(),
    watches: z
      .array(watch)
      .min(1)
      .max(limits.watchesMax)
      .meta({ description: 'What is looked for', examples: [[{ watch: 'Encryption' }]] }),
    digests: z
      .array(digest)
      .min(1)
      .max(limits.digestsMax)
      .meta({
        description: 'Who is told, and when',
        examples: [[{ digest: 'Brief', watches: ['Encryption'], when: 'every day at 07:00' }]],
      }),
    network: z
      .strictObject({
        allow: z
          .array(
            checked(
              (text) =>
                /^[^\s/@:]+:\d{1,5}$|^\[[0-9a-f:.]+\]:\d{1,5}$/i.test(text)
                  ? null
                  : `"${text}" is not a host with a port; write one such as 127.0.0.1:8080`,
              '127.0.0.1:8080',
              'host:port',
            ),
          )
          .meta({ description: 'Private or unusual places that may be read', examples: [['127.0.0.1:8080']] }),
      })
      .meta({ description: 'Exceptions for this machine and its network', examples: [{ allow: ['127.0.0.1:8080'] }] })
      .optional(),
  })
  .meta({ title: 'Watchword: what to watch, and whom to tell' });

export type WatchFile = z.infer<typeof fileShape>;
export type WatchEntry = z.infer<typeof watch>;
export type FeedEntry = z.infer<typeof feedShape>;
export type TermEntry = z.infer<typeof term>;
export const watchShape = watch;

/** JSON Schema (2020-12) of the watch file as people write it. */
export function watchSchema(): object {
  return z.toJSONSchema(fileShape, {
    io: 'input',
    // zod leaves examples out wherever text is turned into a number; here they are examples of what is written.
    override({ zodSchema, jsonSchema }) {
      const examples = z.globalRegistry.get(zodSchema)?.examples;
      if (examples !== undefined) jsonSchema.examples = examples as unknown[];
    },
  });
}
