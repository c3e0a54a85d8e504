/** The shape of one watch: its groups of lines, and what narrows them. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { day, name, trueOrFalse, wholeNumber, words } from './watch-words.ts';

export const termWords = words(
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

/** One watch, as it is written. */
export const watchShape = z
  .strictObject({
    watch: name('Encryption', 'The name of the watch; with no group below it, the name itself is looked for'),
    any: terms('One of these lines', ['encryption~', 'backdoor']).optional(),
    all: groups.optional(),
    near: z
      .strictObject({
        within: wholeNumber(1, limits.nearWordsMax, 10, 'At most so many words apart'),
        ordered: trueOrFalse('In the order of the groups').optional(),
        all: groups.min(2).max(limits.nearGroupsMax),
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
  })
  .meta({ examples: [{ watch: 'Encryption', any: ['encryption~'] }] });

export type WatchEntry = z.infer<typeof watchShape>;
export type TermEntry = z.infer<typeof term>;
