/** The page behind the link of an export mail: everything, in plain sight and to take away. */
import { html } from 'hono/html';
import { type Instant, iso } from '../time.ts';
import { type PageHtml, page } from './page.ts';

/**
 * @param json what is held, as text
 * @param download address of the same as a file
 * @param until when the link ends
 */
export function ownDataPage(json: string, download: string, until: Instant): PageHtml {
  return page(
    'Your data',
    html`<h1>Your data</h1>
<p>This is all that is kept about you here. Names of digests stand as they are called today; times are in UTC.</p>
<p><a href="${download}" download="watchword-data.json">Download as a file</a> (JSON)</p>
<pre tabindex="0" role="region" aria-label="Your data as JSON">${json}</pre>
<p class="quiet">This link works until ${iso(until).slice(0, 16).replace('T', ' ')} UTC. To change or erase what is kept, use the preferences link of any mail.</p>`,
  );
}
