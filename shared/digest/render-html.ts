/**
 * The HTML part of a mail. Hand-written for mail clients: colours and sizes stand inline, for some clients drop the style
 * sheet; the sheet only adds (dark colours, narrow screens). No image, no font, no script, nothing fetched. All values are
 * escaped by `hono/html`; nothing here is raw.
 */
import { html } from 'hono/html';
import type { GroupView, IssueView, PageOfIssue } from './issue-view.ts';
import type { Stretch } from './mail-text.ts';
import { marks } from './own-links.ts';
import { dark, light } from './palette.ts';
import type { StoryView } from './story-view.ts';

/** Escaped already. Values are never promises here, so neither is the result. */
type Markup = ReturnType<typeof html>;

const SERIF = 'Georgia,Cambria,serif';
const PLAIN_LIST = 'margin:0;padding:0;list-style:none';
const SMALL = 'font-size:14px;line-height:21px';
const style = {
  h1: `margin:0;color:${light.text};font:normal 28px/34px ${SERIF}`,
  h2: `margin:28px 0 0;padding:10px 0 0;border-top:2px solid ${light.accent};color:${light.accent};font-size:16px;line-height:24px;font-weight:bold`,
  h3: `margin:0;color:${light.link};font:bold 18px/25px ${SERIF}`,
  subheading: `margin:0;padding:16px 0 4px;color:${light.text};${SMALL};font-weight:bold`,
  story: 'margin:0;padding:12px 0 18px',
  between: `border-top:1px solid ${light.rule};padding-top:16px`,
  headline: `color:${light.link};text-decoration:none`,
  link: `color:${light.link};text-decoration:underline`,
  quiet: `margin:0;color:${light.quiet};${SMALL}`,
  excerpt: `margin:0;padding:6px 0;color:${light.text};font-size:16px;line-height:24px`,
  mark: `background-color:${light.mark};color:${light.marked}`,
  text: `margin:0;color:${light.text};font-size:16px;line-height:24px`,
  name: `padding:5px 12px 5px 0;border-bottom:1px solid ${light.rule};color:${light.quiet};${SMALL};font-weight:normal;text-align:left;vertical-align:top`,
  value: `padding:5px 0;border-bottom:1px solid ${light.rule};color:${light.text};${SMALL};text-align:right;vertical-align:top`,
  alarm: `margin:0;padding:8px 12px;background-color:${light.alarm};color:${light.text};${SMALL}`,
} as const;

const SHEET = `
body,td,th{font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif}
@media (max-width:480px){.card{padding:22px 18px 26px!important}}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.page}!important}
.card,.rule{border-color:${dark.rule}!important}.card{background-color:${dark.card}!important}
.text{color:${dark.text}!important}.quiet{color:${dark.quiet}!important}.link{color:${dark.link}!important}
.accent{color:${dark.accent}!important;border-color:${dark.accent}!important}.mark{background-color:${dark.mark}!important;color:${dark.marked}!important}
.alarm{background-color:${dark.alarm}!important}}`;

/** @returns a whole document; the reader's own links are still marks */
export function renderHtml(view: IssueView): string {
  return compact(html`<!doctype html>
    <html lang="en-GB">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="supported-color-schemes" content="light dark">
    ${view.page === null ? '' : html`<meta name="robots" content="noindex">`}
    <meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
    <title>${view.subject}</title>
    <style>${SHEET}</style>
    </head>
    <body class="page" style="margin:0;padding:0;background-color:${light.page}">
    ${view.page === null ? html`<div class="text" style="display:none;max-height:0;overflow:hidden;color:${light.text}">${view.preheader}</div>` : ''}
    <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;background-color:${light.page}">
    <tr><td align="center" style="padding:16px 0">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;table-layout:fixed;text-align:left">
    <tr><td class="card" style="padding:30px 36px 34px;background-color:${light.card};border:1px solid ${light.rule};border-radius:4px;overflow-wrap:anywhere;word-break:break-word">
    ${header(view)}
    ${view.groups.map((each) => group(each, view.page === null))}
    ${view.leftOut === null ? '' : html`<p class="text" style="${style.text};padding-top:22px">${view.leftOut} ${wholeIssue()}</p>`}
    ${view.quiet === null || !isLast(view) ? '' : html`<p class="text" style="${style.text};padding-top:22px">${view.quiet}</p>`}
    ${isLast(view) ? coverage(view) : ''}
    ${view.page === null ? foot(view) : pagesOf(view.page)}
    </td></tr></table>
    </td></tr></table>
    </body>
    </html>
    `);
}

/** One story as it stands in the document: how much room it takes is known before all are put together. */
export function storyHtml(story: StoryView): string {
  return compact(storyItem(story, true));
}

function header(view: IssueView): Markup {
  return html`<h1 class="text" style="${style.h1}">${view.digestName}</h1>
    <p class="quiet" style="${style.quiet};padding:4px 0 14px">${view.slot} (${view.zone})${view.page === null ? html` · ${preferences()} · ${unsubscribe()}` : ''}</p>
    ${
      view.reading.whole
        ? html`<p class="text" style="${style.text}">${view.summary} ${view.reading.text}</p>`
        : html`<p class="text" style="${style.text};padding-bottom:8px">${view.summary}</p>
          <p class="text alarm" style="${style.alarm}">${view.reading.text}</p>`
    }`;
}

function group({ name, total, stories, more }: GroupView, inMail: boolean): Markup {
  return html`<h2 class="accent" style="${style.h2}">${name} <span class="quiet" style="color:${light.quiet};font-weight:normal">${total}</span></h2>
    <ul style="${PLAIN_LIST}">
    ${stories.map((story, index) => storyItem(story, index > 0))}
    </ul>
    ${more === null ? '' : html`<p class="quiet" style="${style.quiet};padding-top:12px">${more} ${inMail ? wholeIssue() : ''}</p>`}`;
}

function storyItem(story: StoryView, ruled: boolean): Markup {
  const title = stretches(story.title);
  return html`<li class="rule" style="${style.story}${ruled ? `;${style.between}` : ''}">
    <h3 class="link" dir="auto" style="${style.h3}">${story.link === null ? title : html`<a class="link" href="${story.link}" rel="noopener noreferrer" style="${style.headline}">${title}</a>`}</h3>
    <p class="quiet" style="${style.quiet};padding-top:2px">${story.source}</p>
    ${story.excerpt === null ? '' : html`<p class="text" dir="auto" style="${style.excerpt}">${stretches(story.excerpt)}</p>`}
    <p class="quiet" style="${style.quiet}">Why: ${isolated(story.why)}</p>
    ${story.alsoFor.map((line) => html`<p class="quiet" style="${style.quiet}">Also for ${isolated(line)}</p>`)}
    ${story.alsoIn.length === 0 ? '' : html`<p class="quiet" style="${style.quiet}">Also in ${story.alsoIn.map(outlet)}</p>`}
    </li>`;
}

function outlet({ name, link: href }: StoryView['alsoIn'][number], index: number): Markup {
  const between = index === 0 ? '' : ', ';
  if (href === null) return html`${between}${isolated(name)}`;
  return html`${between}<a class="link" dir="auto" href="${href}" rel="noopener noreferrer" style="${style.link}">${name}</a>`;
}

function coverage({ coverage: lines }: IssueView): Markup {
  return html`<h2 class="accent" style="${style.h2}">Coverage</h2>
    <p class="quiet" style="${style.quiet};padding-bottom:10px">What was looked at. ${lines.span}</p>
    ${rows(lines.facts.map(({ name, value }) => [name, value]))}
    ${lines.failing.length === 0 ? '' : listed('Could not be read', lines.failing, true)}
    ${named('Not looked at', lines.unread)}
    ${lines.tidings.length === 0 ? '' : listed('Changed lately', lines.tidings, false)}
    ${named('Still quiet', lines.stillQuiet)}
    <h3 class="text" style="${style.subheading}">Found for each watch</h3>
    ${rows(lines.watches.map(({ name, found }) => [name, found]))}`;
}

function listed(heading: string, lines: IssueView['coverage']['failing'], alarm: boolean): Markup {
  return html`<h3 class="text" style="${style.subheading}">${heading}</h3>
    <ul class="${alarm ? 'alarm text' : 'text'}" style="${PLAIN_LIST};${alarm ? style.alarm : `${style.text};${SMALL}`}">
    ${lines.map(
      ({ name, text }) => html`<li style="margin:0;padding:2px 0"><b>${isolated(name)}</b>: ${isolated(text)}</li>
    `,
    )}</ul>`;
}

function named(heading: string, names: readonly string[]): Markup | '' {
  if (names.length === 0) return '';
  return html`<h3 class="text" style="${style.subheading}">${heading}</h3>
    <p class="text" style="${style.text};${SMALL}">${names.join(', ')}</p>`;
}

function rows(pairs: readonly (readonly [string, string])[]): Markup {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
    ${pairs.map(
      ([
        name,
        value,
      ]) => html`<tr><th scope="row" class="quiet rule" style="${style.name}">${name}</th><td class="text rule" style="${style.value}">${value}</td></tr>
    `,
    )}</table>`;
}

function foot(view: IssueView): Markup {
  return html`<p class="quiet" style="${style.quiet};padding-top:30px">You get this because you are subscribed to ${view.digestName}. ${preferences()} · ${unsubscribe()} · ${inBrowser()}</p>`;
}

/** Where the other pages of the issue are; nothing where there is one only. */
function pagesOf({ number, pages }: PageOfIssue): Markup | '' {
  if (pages === 1) return '';
  const all = Array.from({ length: pages }, (_, index) => index + 1);
  return html`<nav aria-label="Pages"><p class="quiet" style="${style.quiet};padding-top:30px">Page ${number} of ${pages}: ${all.map(
    (each) =>
      each === number
        ? html`<b aria-current="page">${each}</b> `
        : html`${link(each === 1 ? marks.issueUrl : `${marks.issueUrl}/${each}`, String(each))} `,
  )}</p></nav>`;
}

/** The receipt closes the issue: in the mail, and on its last page. */
function isLast({ page }: IssueView): boolean {
  return page === null || page.number === page.pages;
}

const wholeIssue = () => link(marks.issueUrl, 'Read the whole issue');
const inBrowser = () => link(marks.issueUrl, 'Read in the browser');
const preferences = () => link(marks.preferencesUrl, 'Preferences');
const unsubscribe = () => link(marks.unsubscribeUrl, 'Unsubscribe');

function link(href: string, text: string): Markup {
  return html`<a class="link" href="${href}" style="${style.link}">${text}</a>`;
}

function stretches(all: readonly Stretch[]): Markup[] {
  return all.map(({ text, marked }) =>
    marked ? html`<mark class="mark" style="${style.mark}">${text}</mark>` : html`${text}`,
  );
}

/** Text of a feed within a sentence of ours: letters that run from right to left do not turn ours around. */
function isolated(text: string): Markup {
  return html`<span dir="auto">${text}</span>`;
}

/** Without the indentation of the templates: text of feeds never holds a line end. */
function compact(markup: Markup): string {
  return String(markup).replace(/\n\s*/g, '\n');
}
