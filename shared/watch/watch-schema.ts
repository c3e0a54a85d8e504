/**
 * The shape of the whole watch file. One validator: it judges the file, and the JSON Schema that editors complete and
 * hover with is generated from it.
 */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { parseAddress, parseSender } from './address.ts';
import { deployShape } from './deploy-shape.ts';
import { termWords, watchShape } from './watch-shape.ts';
import {
  atMost,
  checked,
  contact,
  domain,
  every,
  excerpt,
  firstLook,
  history,
  hostPort,
  name,
  problemIn,
  tags,
  text,
  wholeNumber,
  words,
  zone,
} from './watch-words.ts';
import { parseWhen } from './when.ts';

const formerName = name('Morning brief', 'A name that the digest had');

const digest = z
  .strictObject({
    digest: name('Security brief', 'The name of the digest; subscribers choose by it'),
    was: z
      .union([formerName, z.array(formerName).min(1)])
      .meta({
        description:
          'What this digest was called before, the first name first: its subscribers, its numbers and what it has still to tell stay with it',
        examples: ['Morning brief'],
      })
      .optional(),
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
  })
  .meta({ examples: [{ digest: 'Brief', watches: ['Encryption'], when: 'every day at 07:00' }] });

const feed = z.union([
  words('https://www.example.org/feed.xml', 'Address of a feed'),
  z.strictObject({
    url: words('https://www.example.org/feed.xml', 'Address of the feed'),
    name: name('Example News', 'What readers see as the source; the host if nothing is said').optional(),
    every: every.optional(),
    at_most: atMost.optional(),
    tags: tags.optional(),
    excerpt: excerpt.optional(),
    first_look: firstLook.optional(),
    text: text.optional(),
  }),
  z.strictObject({
    opml: words('feeds/press.opml', 'Path of an OPML file, seen from this file'),
    tags: tags.optional(),
    every: every.optional(),
    at_most: atMost.optional(),
    text: text.optional(),
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
                .array(domain)
                .min(1)
                .meta({ description: 'Only addresses under these domains', examples: [['example.org']] }),
            }),
          ])
          .meta({
            description: 'Who may subscribe: open, closed (the default) or {domains: […]}',
            examples: [{ domains: ['example.org'] }],
          })
          .optional(),
        rate: wholeNumber(
          1,
          limits.sendsPerSecondMax,
          limits.sendsPerSecond,
          `Mails a second that your mailer allows, all workers together; if nothing is said ${limits.sendsPerSecond} on AWS, and no limit on this machine`,
        ).optional(),
      })
      .meta({
        description: 'How mail goes out',
        examples: [{ from: 'Watchword <alerts@example.org>', zone: 'Europe/London' }],
      }),
    poll: z
      .strictObject({
        every: every.optional(),
        at_most: atMost.optional(),
        contact: contact.optional(),
        first_look: firstLook.optional(),
        excerpt: excerpt.optional(),
        text: text.optional(),
        history: history.optional(),
      })
      .meta({ description: 'What holds for every feed that says nothing else', examples: [{ every: '15m' }] })
      .optional(),
    feeds: z
      .array(feed)
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
      .array(watchShape)
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
          .array(hostPort)
          .meta({ description: 'Private or unusual places that may be read', examples: [['127.0.0.1:8080']] }),
      })
      .meta({ description: 'Exceptions for this machine and its network', examples: [{ allow: ['127.0.0.1:8080'] }] })
      .optional(),
    deploy: deployShape.optional(),
  })
  .meta({ title: 'Watchword: what to watch, and whom to tell' });

export type WatchFile = z.infer<typeof fileShape>;

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
