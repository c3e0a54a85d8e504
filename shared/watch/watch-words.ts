/**
 * The single values of the watch file: texts with a rule, numbers, yes or no. Values arrive as text (see
 * `yaml-source.ts`), so numbers and booleans are read here.
 */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { parseDomain } from './address.ts';
import { spanProblem } from './span.ts';
import { zoneProblem } from './zone.ts';

/** What is wrong with a text, or null. */
type ProblemOf = (text: string) => string | null;

/** Text with a rule: the sentence of `problemOf` is the problem. The example is shown where the text is missing. */
export function checked(problemOf: ProblemOf, example: string, description: string) {
  const shape = z
    .string()
    .min(1)
    .superRefine((text, context) => {
      const message = text === '' ? null : problemOf(text);
      if (message !== null) context.addIssue({ code: 'custom', message });
    });
  return shape.meta({ description, examples: [example] });
}

/** Any text but none. */
export function words(example: string, description: string) {
  return z
    .string()
    .min(1)
    .meta({ description, examples: [example] });
}

export const wholeNumber = (min: number, max: number, example: number, description: string) =>
  z
    .preprocess(
      (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
      z.int().min(min).max(max),
    )
    .meta({ description, examples: [example] });

export const trueOrFalse = (description: string) =>
  z
    .preprocess((text) => (text === 'true' ? true : text === 'false' ? false : text), z.boolean())
    .meta({ description, examples: [true] });

/** The rule of a text that somebody else reads. */
export const problemIn =
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

export const name = (example: string, description: string) => checked(nameProblem, example, description);
export const day = (description: string) => checked(dayProblem, '2016-07-13', description);
export const zone = (description: string) => checked(zoneProblem, 'Europe/London', description);
export const every = checked(
  (text) => (text === 'auto' ? null : spanProblem(text, limits.everyMinutesMin, limits.everyMinutesMax)),
  '15m',
  'How often a feed is looked at: 5m to 24h; or auto, the default: by how often it publishes and what its publisher asks',
);
export const atMost = checked(
  (text) => spanProblem(text, limits.everyMinutesMin, limits.everyMinutesMax),
  '1h',
  'With every: auto, the longest time between two looks',
);
const contactProblem: ProblemOf = (text) => {
  const url = /^https?:\/\/[\x21-\x7e]+$/.test(text) && !/[()\\]/.test(text) ? URL.parse(text) : null;
  if (url === null || text.length > limits.contactCharsMax) {
    return `"${text.slice(0, 80)}" is not the address of a page; write one such as https://www.example.org/watchword`;
  }
  return url.username === '' && url.password === ''
    ? null
    : 'a page that anybody may open has no user name or password';
};
export const contact = checked(
  contactProblem,
  'https://www.example.org/watchword',
  'A page of yours that says who reads feeds here and how to reach you; each request to a publisher names it',
);
export const firstLook = checked(
  (text) =>
    /^\d+h$/.test(text)
      ? spanProblem(text, 0, limits.firstLookHoursMax * 60)
      : `"${text}" is not a number of hours; write for example 24h`,
  '24h',
  'On the first look at a feed only entries published within so many hours count as new',
);
export const excerpt = wholeNumber(
  0,
  limits.excerptCharsMax,
  limits.excerptChars,
  'Characters of the text that readers are shown; 0 is title only',
);
export const text = z.enum(['feed', 'article', 'auto']).meta({
  description:
    "What is looked at: the feed's text (the default), the whole article on the page of each new entry, or auto: the article where the feed's text is short",
  examples: ['auto'],
});
export const history = checked(
  (text) => {
    const days = /^(\d{1,3})d$/.exec(text)?.[1];
    const inRange = days !== undefined && Number(days) >= 1 && Number(days) <= limits.historyDaysMax;
    return text === 'off' || inRange
      ? null
      : `"${text}" is no time to keep; write off, or 1d to ${limits.historyDaysMax}d`;
  },
  '30d',
  'How long the texts of articles are kept, so that watchword replay can try other watches on them: 1d to 30d, or off',
);
export const tags = z
  .array(name('press', 'A word to choose feeds by'))
  .meta({ description: 'Words to choose feeds by', examples: [['press']] });
export const domain = checked(
  (text) =>
    parseDomain(text) === null ? `"${text}" is not a domain; write the part after the @, such as example.org` : null,
  'example.org',
  'The part after the @',
);
const hostPortProblem: ProblemOf = (text) => {
  const port = /^(?:[^\s/@:]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(text)?.[1];
  if (port === undefined) return `"${text}" is not a host with a port; write one such as 127.0.0.1:8080`;
  if (Number(port) < 1 || Number(port) > 65_535) return `${port} is not a port; write 1 to 65535`;
  return null;
};
export const hostPort = checked(hostPortProblem, '127.0.0.1:8080', 'host:port');
