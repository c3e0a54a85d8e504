/** What is said when a request cannot be answered. Nothing that came in is repeated. */
import { notice, type PageHtml } from './page.ts';

export type Refusal = 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500;

const words: Readonly<Record<Refusal, readonly [heading: string, advice: string]>> = {
  400: ['This form could not be read', 'Go back, load the page again, and send the form once more.'],
  403: ['This form came from another site', 'Open the page here and send the form from it.'],
  404: ['There is no such page', 'The address may be incomplete. Links in the newest mail work.'],
  405: ['This page cannot do that', 'Open it in a browser, and use its buttons.'],
  413: ['That is too much', 'Our forms are short: go back, and send less.'],
  415: ['This form could not be read', 'Send it from the page itself: other kinds of content are not read here.'],
  429: ['Too many requests from where you are', 'Please try again in an hour.'],
  500: ['Something went wrong here', 'It was noted. Please try again in a minute.'],
};

/** The same bytes for each status. */
export function refusal(status: Refusal): PageHtml {
  return notice(...words[status]);
}
