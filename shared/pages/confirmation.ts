/** The pages behind the link of a confirmation mail. */
import { html } from 'hono/html';
import { listed } from '../watch/listed.ts';
import { notice, type PageHtml, page } from './page.ts';

/** Asks; the button posts to the address of the page itself. */
export function confirmQuestion(digests: readonly string[]): PageHtml {
  return page(
    'Confirm',
    html`<h1>Do you want these digests?</h1>
<ul>${digests.map((name) => html`<li>${name}</li>`)}</ul>
<p>Nothing begins before you say yes.</p>
<form method="post"><button type="submit">Yes, subscribe me</button></form>
<p class="quiet">You did not ask for them? Close this page, and nothing will come.</p>`,
  );
}

/** The same to the first press of the button, to the second, and to another tab. */
export function confirmed(digests: readonly string[]): PageHtml {
  return notice(
    'You are subscribed',
    digests.length === 0 ? 'Your digests will come from now on.' : `From now on you get ${listed(digests)}.`,
    html`Every mail has links to your preferences and to unsubscribe; <a href="/preferences">we can send you one now</a>. You can close this page.`,
  );
}
