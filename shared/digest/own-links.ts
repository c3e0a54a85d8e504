/**
 * The links of a mail that are its reader's own. An issue is rendered once; in the places of these links it has marks, and
 * the links are put in for each reader. A mark holds control characters, which never come through the door of
 * `mail-text.ts`: no feed can write one.
 */
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';

export interface OwnLinks {
  readonly unsubscribeUrl: string;
  readonly preferencesUrl: string;
  /** The whole issue in the browser. */
  readonly issueUrl: string;
}

/** What stands in a rendered issue until {@link withOwnLinks}. */
export const marks: Readonly<Record<keyof OwnLinks, string>> = {
  unsubscribeUrl: '\u0002unsubscribe\u0003',
  preferencesUrl: '\u0002preferences\u0003',
  issueUrl: '\u0002issue\u0003',
};

/**
 * @param links absolute http(s) addresses of at most `limits.ownUrlCharsMax` characters, none of which means anything in
 *   HTML
 */
export function withOwnLinks(text: string, links: Partial<OwnLinks>): string {
  return (Object.keys(marks) as (keyof OwnLinks)[]).reduce((linked, name) => {
    const url = links[name];
    if (url === undefined) return linked;
    assert(/^https?:\/\/[\w.~:/?#[\]@!$()*+,;=%-]+$/.test(url), 'a link of a mail needs no escaping');
    assert(url.length <= limits.ownUrlCharsMax, 'a link of a mail fits into a header line');
    return linked.split(marks[name]).join(url);
  }, text);
}

/** How many marks a text holds. */
export function marksIn(text: string): number {
  return Object.values(marks).reduce((sum, mark) => sum + text.split(mark).length - 1, 0);
}
