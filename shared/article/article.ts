/**
 * A web page → the text of the article on it, as a person reads it; or why there is none to be relied on. A text that is
 * not the article does more harm than none: the feed's own text stands in its place.
 */
import { Readability } from '@mozilla/readability';
import { decode } from '../feed/decode.ts';
import { plainText } from '../feed/plain-text.ts';
import { limits } from '../limits.ts';
import { pageData } from './json-ld.ts';
import { isNotice } from './notice.ts';
import type { ElementNode } from './page-node.ts';
import { type Page, readPage } from './page-tree.ts';

export type NoArticle =
  /** More bytes, elements or text than an article's page has. */
  | 'too large'
  /** No HTML, or too little text: a frame that scripts would fill, a list of links, a picture. */
  | 'no text'
  /** A notice stands in its place: consent, sign-in, subscription, a robot's test. */
  | 'notice'
  /** The publisher does not want its text shown by others (`nosnippet`, `max-snippet:0`). */
  | 'not allowed';

export type Article =
  | { readonly kind: 'article'; readonly text: string }
  | { readonly kind: 'none'; readonly why: NoArticle };

/**
 * Reads a page. Never throws for what the bytes are.
 *
 * @param contentType the HTTP header as it came, for the kind of document and its charset
 * @param robots the `X-Robots-Tag` header as it came
 */
export function readArticle(bytes: Uint8Array, contentType: string | null, robots: string | null): Article {
  if (bytes.byteLength > limits.articleBytesMax) return none('too large');
  if (contentType !== null && !/html/i.test(contentType)) return none('no text');
  const page = readPage(decode(bytes, withMetaCharset(contentType, bytes)).text);
  if (page === null) return none('too large');
  if (isForbidden(page.robots) || isForbidden(robots?.toLowerCase() ?? '')) return none('not allowed');
  const text = longest(textsOf(page));
  if (text === null) return none('no text');
  if (isNotice(text)) return none('notice');
  return letters(text) < limits.articleLettersMin ? none('no text') : { kind: 'article', text };
}

function none(why: NoArticle): Article {
  return { kind: 'none', why };
}

/** What search engines take as "show nothing of its text". */
function isForbidden(robots: string): boolean {
  return /\bnosnippet\b|\bmax-snippet\s*:\s*0\b/.test(robots);
}

/** What the page shows, and, where all may read it, what it says in its data: it may be all that stands there without scripts. */
function textsOf(page: Page): readonly (string | null)[] {
  const { articleBody, forSubscribers } = pageData(page.data);
  return [shownText(page), forSubscribers || articleBody === null ? null : plainText(articleBody, 'unsaid')];
}

function longest(texts: readonly (string | null)[]): string | null {
  return texts.reduce((best, text) => ((text?.length ?? 0) > (best?.length ?? 0) ? text : best), null);
}

/** Letters say more than characters: a Japanese sentence has a third of the letters of an English one, and counts three times. */
function letters(text: string): number {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + 2 * wide;
}

function shownText({ document }: Page): string | null {
  for (const element of document.documentElement.getElementsByTagName('*')) {
    if (element.hasAttribute('data-nosnippet')) element.remove();
  }
  const reader = new Readability(document as unknown as ConstructorParameters<typeof Readability>[0], {
    disableJSONLD: true,
    charThreshold: limits.articleLettersMin,
    serializer: (node) => textIn(node as unknown as ElementNode),
  });
  try {
    return reader.parse()?.content || null;
  } catch {
    return null; // what it stumbles over costs this page and no other
  }
}

/** Blocks are parted by a space, as on the screen by a line. '' for what is mostly links: a list of articles is none. */
function textIn(root: ElementNode): string {
  const text = plainText(root.innerHTML, 'html') ?? '';
  const linked = root.getElementsByTagName('a').reduce((sum, link) => sum + link.textContent.length, 0);
  return linked > text.length / 2 ? '' : text;
}

/** HTML says its charset in a `<meta>` within the first 1,024 bytes, where HTTP does not (HTML standard, 13.2.3.2). */
function withMetaCharset(contentType: string | null, bytes: Uint8Array): string | null {
  if (contentType !== null && /charset/i.test(contentType)) return contentType;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString('latin1');
  const charset = /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  return charset === undefined ? contentType : `text/html; charset=${charset}`;
}
