/** The pages behind the unsubscribe link of a mail. */
import { html } from 'hono/html';
import { notice, type PageHtml, page } from './page.ts';

/**
 * Asks; the button posts to the address of the page itself.
 *
 * @param digest its name; null for all of them
 */
export function unsubscribeQuestion(digest: string | null): PageHtml {
  return page(
    'Unsubscribe',
    html`<h1>Unsubscribe from ${digest ?? 'all digests'}?</h1>
<p>${digest === null ? 'No mail from here will come any more.' : 'You will get no further issue of this digest.'}</p>
<form method="post"><button type="submit">Unsubscribe</button></form>`,
  );
}

/** @param digest as for {@link unsubscribeQuestion} */
export function unsubscribed(digest: string | null): PageHtml {
  return notice(
    `You are unsubscribed from ${digest ?? 'all digests'}`,
    digest === null ? 'No further mail will be sent to you.' : 'No further issue of it will be sent to you.',
    html`You can close this page, or <a href="/subscribe">subscribe again</a>.`,
  );
}

/** The same bytes for a link that is broken, foreign, over its time, or older than a newer consent: it tells nothing. */
export function linkWithoutUse(): PageHtml {
  return notice(
    'This link has no use',
    'It may be incomplete, over its time, or older than your present subscription. The newest mail holds links that work.',
    html`You can also <a href="/preferences">have a new link sent to you</a>.`,
  );
}
