/** The text part of a mail: the same words as the HTML part, for those who read mail as text. */
import type { GroupView, IssueView } from './issue-view.ts';
import type { Stretch } from './mail-text.ts';
import { marks } from './own-links.ts';
import type { StoryView } from './story-view.ts';

const ownLinks = [
  `In the browser: ${marks.issueUrl}`,
  `Preferences: ${marks.preferencesUrl}`,
  `Unsubscribe: ${marks.unsubscribeUrl}`,
];

/** @returns lines that end in `\n`; the reader's own links are still marks */
export function renderText(view: IssueView): string {
  const { coverage } = view;
  const sections = [
    [view.digestName, `${view.slot} (${view.zone})`],
    [`${view.summary} ${view.reading.text}`, ...ownLinks],
    ...view.groups.flatMap(groupText),
    view.leftOut === null ? [] : [view.leftOut, `The whole issue: ${marks.issueUrl}`],
    view.quiet === null ? [] : [view.quiet],
    [underlined('Coverage'), coverage.span, ...coverage.facts.map(({ name, value }) => `${name}: ${value}`)],
    listed(
      'Could not be read',
      coverage.failing.map(({ name, text }) => `${name}: ${text}`),
    ),
    listed('Not looked at', coverage.unread),
    listed(
      'Changed lately',
      coverage.tidings.map(({ name, text }) => `${name}: ${text}`),
    ),
    listed('Still quiet', coverage.stillQuiet),
    listed(
      'Found for each watch',
      coverage.watches.map(({ name, found }) => `${name}: ${found}`),
    ),
    [`You get this because you are subscribed to ${view.digestName}.`, ...ownLinks],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function groupText({ name, total, stories, more }: GroupView): string[][] {
  return [
    [underlined(`${name} (${total})`)],
    ...stories.map(storyText),
    ...(more === null ? [] : [[more, `The whole issue: ${marks.issueUrl}`]]),
  ];
}

function storyText(story: StoryView): string[] {
  return [
    starred(story.title),
    ...(story.link === null ? [] : [story.link]),
    story.source,
    ...(story.excerpt === null ? [] : [starred(story.excerpt)]),
    `Why: ${story.why}`,
    ...story.alsoFor.map((line) => `Also for ${line}`),
    ...(story.alsoIn.length === 0 ? [] : [`Also in: ${story.alsoIn.map(inText).join(', ')}`]),
  ];
}

function inText({ name, link }: StoryView['alsoIn'][number]): string {
  return link === null ? name : `${name} <${link}>`;
}

/** Matched words between asterisks. */
function starred(stretches: readonly Stretch[]): string {
  return stretches
    .map(({ text, marked }) => (marked ? `*${text}*` : text))
    .join('')
    .trim();
}

function listed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `- ${line}`)];
}

function underlined(heading: string): string {
  return `${heading}\n${'-'.repeat(heading.length)}`;
}
