/** The section `deploy`: what a deployment to AWS needs to be told. A file without it works on this machine. */
import { z } from 'zod';
import { parseAddress, parseDomain } from './address.ts';
import type { Deploy } from './config.ts';
import { checked, domain, problemIn, trueOrFalse } from './watch-words.ts';

const region = checked(
  (text) =>
    /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(text) ? null : `"${text}" is not a region of AWS; write one such as eu-west-2`,
  'eu-west-2',
  'The AWS region where all of it runs',
);
const stage = checked(
  (text) =>
    /^[a-z][a-z0-9-]{0,19}$/.test(text)
      ? null
      : `"${text}" is not a stage; write up to 20 small letters, digits and dashes, such as prod`,
  'prod',
  'The name of this deployment; several may stand side by side. prod if nothing is said',
);
const webProblem = (text: string): string | null => {
  const url = URL.parse(text);
  const plain = url?.protocol === 'https:' && url.origin === text && url.port === '' && url.username === '';
  return plain
    ? null
    : `"${text}" is not where pages can be; write https:// and a host, such as https://news.example.org`;
};

/** How the section is written. */
export const deployShape = z
  .strictObject({
    region,
    alarms_to: checked(problemIn(parseAddress), 'ops@example.org', 'Who is told by mail when something is wrong'),
    stage: stage.optional(),
    sender: z
      .enum(['create', 'existing'])
      .meta({
        description:
          'Whether the domain of `from` is made known to SES by this stack (create, the default) or is known there already (existing)',
        examples: ['existing'],
      })
      .optional(),
    mail_from: domain
      .meta({
        description:
          'With sender: create, the subdomain that bounces go to; bounce. before the domain if nothing is said',
        examples: ['bounce.example.org'],
      })
      .optional(),
    web: checked(
      webProblem,
      'https://news.example.org',
      'Where the pages are, if a domain of yours leads to them; links in mails begin with it',
    ).optional(),
    concurrency: z
      .enum(['reserved', 'shared'])
      .meta({
        description:
          'reserved, the default: each function has its own limit, which is also a limit to spending; shared: for a new account, whose quota is too small to be divided',
        examples: ['shared'],
      })
      .optional(),
    dashboard: trueOrFalse('Whether there is a dashboard, which costs 3.00 USD a month').optional(),
  })
  .meta({
    description: 'Where it runs on AWS; only npm run deploy reads it',
    examples: [{ region: 'eu-west-2', alarms_to: 'ops@example.org' }],
  });

/** With what holds where nothing is said. */
export function deployOf(said: z.infer<typeof deployShape>, from: string): Deploy {
  const senderDomain = domainOf(from);
  return {
    region: said.region,
    stage: said.stage ?? 'prod',
    alarmsTo: said.alarms_to,
    sender: said.sender ?? 'create',
    senderDomain,
    mailFrom: said.mail_from === undefined ? `bounce.${senderDomain}` : (parseDomain(said.mail_from) ?? said.mail_from),
    web: said.web ?? null,
    concurrency: said.concurrency ?? 'reserved',
    dashboard: said.dashboard ?? false,
  };
}

/** @param from an address, or `Name <address>` */
function domainOf(from: string): string {
  return from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
}
