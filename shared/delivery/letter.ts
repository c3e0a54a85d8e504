/**
 * What a letter says: a mail that is no issue. It is written from the config and from what is stored, never from what a
 * visitor typed, and looks like the digests beside it.
 */
import { html } from 'hono/html';
import { unreachable } from '../assert.ts';
import { dark, light } from '../digest/palette.ts';
import { limits } from '../limits.ts';

export type Letter =
  /** Asks whether somebody wants what was asked for. `digests`: `Morning: every day at 07:00 (Europe/London)` */
  | { readonly kind: 'confirmation'; readonly digests: readonly string[]; readonly confirmUrl: string }
  /** To somebody who is known. `adding`: what was asked for beside it, and waits for a yes. */
  | {
      readonly kind: 'preferences';
      readonly digests: readonly string[];
      readonly preferencesUrl: string;
      readonly adding: { readonly digests: readonly string[]; readonly confirmUrl: string } | null;
    }
  | { readonly kind: 'export'; readonly exportUrl: string }
  /** From an operator to whom they like: does mail arrive, and what does the receiver think of it? */
  | { readonly kind: 'test' };

export interface WrittenLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Paragraphs, lists and buttons, in the order in which they are read. */
type Part =
  | { readonly says: string; readonly small?: true }
  | { readonly list: readonly string[] }
  | { readonly button: string; readonly url: string };

/** @param site where the pages are, as readers know it: `watch.example.org` */
export function writeLetter(letter: Letter, site: string): WrittenLetter {
  const { subject, heading, parts } = sayingOf(letter, site);
  return { subject, html: asHtml(subject, heading, parts), text: asText(heading, parts) };
}

function sayingOf(letter: Letter, site: string): { subject: string; heading: string; parts: readonly Part[] } {
  switch (letter.kind) {
    case 'confirmation':
      return {
        subject: `Please confirm your subscription at ${site}`,
        heading: 'Do you want these digests?',
        parts: [
          { says: `This address was entered at ${site} to get:` },
          { list: letter.digests },
          { button: 'Yes, I want them', url: letter.confirmUrl },
          { says: `Nothing comes before you say yes. You can do so for ${limits.confirmDays} days.` },
          {
            says: 'You did not ask for this? Then you need do nothing: nothing comes of it, and the address is forgotten.',
            small: true,
          },
        ],
      };
    case 'preferences':
      return {
        subject: `Your preferences at ${site}`,
        heading: 'Your preferences',
        parts: [
          ...(letter.digests.length === 0
            ? [{ says: `You get no digest from ${site} at present. Your data can be seen and erased by this link.` }]
            : [{ says: `You get from ${site}:` }, { list: letter.digests }]),
          { button: 'See or change them', url: letter.preferencesUrl },
          ...(letter.adding === null
            ? []
            : [
                { says: 'This address was also entered to get:' },
                { list: letter.adding.digests },
                { button: 'Yes, I want these too', url: letter.adding.confirmUrl },
              ]),
          {
            says: 'You did not ask for this? Nothing has changed. Do not pass this mail on: its links are for you alone.',
            small: true,
          },
        ],
      };
    case 'export':
      return {
        subject: `Your data at ${site}`,
        heading: 'Your data',
        parts: [
          { says: `All that ${site} keeps about you is behind this link, for ${limits.exportHours} hours.` },
          { button: 'See my data', url: letter.exportUrl },
          {
            says: 'It was asked for by a preferences link from one of your mails. Do not pass this mail on: its link is for you alone.',
            small: true,
          },
        ],
      };
    case 'test':
      return {
        subject: `A test from ${site}`,
        heading: 'Mail arrives',
        parts: [
          {
            says: `This is a test that the operator of ${site} sent. Digests come the same way, from the same sender.`,
          },
          { says: 'Look whether it stands in the inbox, and what its headers say of SPF, DKIM and DMARC.' },
        ],
      };
    default:
      return unreachable(letter);
  }
}

function asText(heading: string, parts: readonly Part[]): string {
  const lines = parts.map((part) => {
    if ('list' in part) return part.list.map((item) => `- ${item}`).join('\n');
    return 'url' in part ? `${part.button}:\n${part.url}` : part.says;
  });
  return `${[heading, ...lines].join('\n\n')}\n`;
}

const SANS = '-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const SHEET = `
@media (max-width:480px){.card{padding:22px 18px 26px!important}}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.page}!important}.card{background-color:${dark.card}!important;border-color:${dark.rule}!important}
.text{color:${dark.text}!important}.quiet{color:${dark.quiet}!important}
.button{background-color:${dark.link}!important;color:${dark.page}!important}}`;

function asHtml(subject: string, heading: string, parts: readonly Part[]): string {
  const document = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:${light.page}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:${light.page}">
<tr><td align="center" style="padding:16px 0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;text-align:left">
<tr><td class="card" style="padding:30px 36px 34px;background-color:${light.card};border:1px solid ${light.rule};border-radius:4px;font-family:${SANS};overflow-wrap:anywhere">
<h1 class="text" style="margin:0;color:${light.text};font:normal 26px/32px Georgia,Cambria,serif">${heading}</h1>
${parts.map(partHtml)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return String(document);
}

function partHtml(part: Part) {
  if ('list' in part) {
    const items = part.list.map((item) => html`<li style="padding:3px 0">${item}</li>`);
    return html`<ul class="text" style="margin:0;padding:8px 0 0 20px;color:${light.text};font-size:16px;line-height:24px">${items}</ul>\n`;
  }
  if ('url' in part) {
    return html`<p style="margin:0;padding:22px 0 8px"><a class="button" href="${part.url}" style="display:inline-block;padding:12px 22px;border-radius:4px;background-color:${light.link};color:${light.card};font-size:16px;line-height:24px;text-decoration:none">${part.button}</a></p>\n`;
  }
  const [name, colour, size] = part.small ? ['quiet', light.quiet, '14px'] : ['text', light.text, '16px'];
  return html`<p class="${name}" style="margin:0;padding:14px 0 0;color:${colour};font-size:${size};line-height:24px">${part.says}</p>\n`;
}
