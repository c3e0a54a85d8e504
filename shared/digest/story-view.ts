/** What an issue says of one story: headline, outlet and time, excerpt, why it is here, and who else has it. */
import { webAddress } from '../feed/links.ts';
import { limits } from '../limits.ts';
import { reasonLine } from '../watch/explain.ts';
import { atMost, count } from './coverage-lines.ts';
import type { IssueInput } from './issue-view.ts';
import type { LocalTime } from './local-time.ts';
import { oneLine, type Stretch, stretchesOf } from './mail-text.ts';
import type { Article, Story } from './story.ts';

export interface StoryView {
  readonly title: readonly Stretch[];
  readonly link: string | null;
  /** Outlet and time, and the host of the link where that is not the outlet's own. */
  readonly source: string;
  readonly excerpt: readonly Stretch[] | null;
  readonly why: string;
  /** One sentence for each other watch of the digest that found the story. */
  readonly alsoFor: readonly string[];
  readonly alsoIn: readonly { readonly name: string; readonly link: string | null }[];
}

/** One story as it stands under a watch. */
export function storyView(
  { watches, feedHosts }: Pick<IssueInput, 'watches' | 'feedHosts'>,
  story: Story,
  under: string | null,
  time: LocalTime,
): StoryView {
  const { lead } = story;
  const link = linkOf(lead, limits.entryLinkCharsMax);
  const host = foreignHost(lead, link, feedHosts);
  const told = lead.publishedAt === null ? `found ${time.nearSlot(lead.foundAt)}` : time.nearSlot(lead.publishedAt);
  const reasonOf = (watch: string | null) => {
    const found = watch === null ? story.watches[0] : story.watches.find((each) => each.watch === watch);
    if (found === undefined) return null;
    const where = found.outlet === lead.outlet ? '' : `, in ${oneLine(found.outlet)}`;
    return oneLine(reasonLine(found.reasons), limits.mailSentenceCharsMax) + where;
  };
  return {
    title: titleOf(lead),
    link,
    source: `${oneLine(lead.outlet)}, ${told}${host === null ? '' : ` · ${host}`}`,
    excerpt: lead.excerpt && stretchesOf(lead.excerpt, limits.excerptCharsMax),
    why: reasonOf(under) ?? '',
    alsoFor: atMost(
      watches.flatMap(({ id, name }) => {
        const reason = id === under ? null : reasonOf(id);
        return reason === null ? [] : [`${oneLine(name)}: ${reason}`];
      }),
      (more) => `and ${count(more, 'more watch', 'more watches')}`,
    ),
    alsoIn: alsoIn(story, feedHosts),
  };
}

function titleOf({ title, link }: Article): Stretch[] {
  const stretches = stretchesOf(title, limits.mailTitleCharsMax);
  if (stretches.some(({ text }) => text.trim() !== '')) return stretches;
  return [
    { text: link === null ? 'Without a headline' : `Without a headline, at ${new URL(link).host}`, marked: false },
  ];
}

/** The headline as plain text. */
export function headlineText(article: Article): string {
  return titleOf(article)
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** Only http(s), and without a user name: `https://bank.example@evil.example` is read as a bank's. */
function linkOf({ link }: Article, charsMax: number): string | null {
  const address = link === null || link.length > charsMax ? null : webAddress(link, null);
  return address === null || new URL(address).username !== '' ? null : address;
}

/**
 * Where a link leads, when that is not the site of its feed or outlet: a headline may be of one outlet and its link of another. As
 * the browser will ask for it, so letters that only look alike are seen (`xn--`).
 */
function foreignHost(
  { feed, outlet }: Article,
  link: string | null,
  feedHosts: IssueInput['feedHosts'],
): string | null {
  if (link === null) return null;
  const { host } = new URL(link);
  const own = feedHosts?.get(feed);
  const isOwn = (own !== undefined && isSameSite(host, own)) || isSpelledBy(outlet, site(host));
  const shown = site(host);
  // Whose a host is stands at its end, so that is what stays of a long one. It is ASCII by now.
  return isOwn ? null : shown.length > limits.nameCharsMax ? `…${shown.slice(-limits.nameCharsMax)}` : shown;
}

/** The same host but for the names that sites have for their feeds and pages, or one within the other. */
function isSameSite(one: string, other: string): boolean {
  const [a, b] = [site(one), site(other)];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

/**
 * `Harbour Wire` is at `harbourwire.example`: the host would only say the name again. The name is the operator's word, no
 * feed's, and nothing but a top-level domain may follow, for `harbourwire.evil.example` is somebody else's.
 */
function isSpelledBy(outlet: string, host: string): boolean {
  const letters = outlet
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9]/g, '');
  const [label = '', ...domain] = host.split('.');
  const spelled = letters.replace(/^the/, '');
  return (
    domain.length === 1 &&
    !host.includes(':') &&
    spelled !== '' &&
    spelled === label.replaceAll('-', '').replace(/^the/, '')
  );
}

const site = (host: string) => host.replace(/^(?:www|feeds?|rss)\.(?=.+\.)/, '');

/** Each other outlet once; of the lead's own outlet, its other headlines. */
function alsoIn({ lead, others }: Story, feedHosts: IssueInput['feedHosts']): StoryView['alsoIn'] {
  const named = new Map<string, { name: string; link: string | null }>();
  for (const article of others) {
    const name = article.outlet === lead.outlet ? `“${headlineText(article)}”` : oneLine(article.outlet);
    if (named.has(name)) continue;
    const link = linkOf(article, limits.urlCharsMax);
    const host = foreignHost(article, link, feedHosts);
    named.set(name, { name: host === null ? name : `${name} (${host})`, link });
  }
  const all = [...named.values()];
  const first = all.slice(0, limits.mailOutletsPerStoryMax);
  const more = all.length - first.length;
  return more === 0 ? first : [...first, { name: `${more} more`, link: null }];
}
