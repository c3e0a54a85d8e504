/** The pages behind the unsubscribe link of a mail. */
import { html } from 'hono/html';
import { type PageHtml, page } from './page.ts';

/** Asks; the button posts to the address of the page itself. */
export function unsubscribeQuestion(digest: string): PageHtml {
  return page(
    'Unsubscribe',
    html`<h1>Unsubscribe from ${digest}?</h1>
      <p>You will get no further issue of this digest.</p>
      <form method="post"><button type="submit">Unsubscribe</button></form>`,
  );
}

export function unsubscribed(digest: string): PageHtml {
  return page(
    'Unsubscribed',
    html`<h1>You are unsubscribed from ${digest}</h1>
      <p>No further issue will be sent to you. You can close this page.</p>`,
  );
}

/** The same for a link that is broken, foreign, or older than a newer consent: it tells a stranger nothing. */
export function linkWithoutUse(): PageHtml {
  return page(
    'This link has no use',
    html`<h1>This link has no use</h1>
      <p>It may be incomplete, or older than your present subscription. The newest mail holds a link that works.</p>`,
  );
}
