/** The preferences page: what a person gets, how often, and every way out. It never shows who the person is. */
import { html } from 'hono/html';
import type { Choice, Preferences } from '../delivery/consent.ts';
import { startOfDay } from '../digest/slot.ts';
import { limits } from '../limits.ts';
import { DAY, type Instant, localDay } from '../time.ts';
import {
  type Cadence,
  cadenceFields,
  cadenceOf,
  ownCadence,
  readCadence,
  readZone,
  scheduleOf,
  zoneField,
} from './cadence.ts';
import type { Fields } from './fields.ts';
import { type Offer, offerItem } from './offer.ts';
import { notice, type PageHtml, page } from './page.ts';
import { addressField, type Problem, problemList } from './sign-up.ts';

/** What the form shows, or what somebody put into it. */
export interface PreferencesForm {
  /** By id of the digest: only what the person gets. */
  readonly digests: ReadonlyMap<string, Cadence>;
  readonly zone: string | null;
  /** The first day with mail again, `YYYY-MM-DD`; empty when there is no pause. */
  readonly pausedUntil: string;
}

/** What somebody decided. */
export interface Decision extends Choice {
  readonly pausedUntil: Instant | null;
}

/** What is stored, as the form shows it. */
export function preferencesForm(stored: Preferences, homeZone: string, now: Instant): PreferencesForm {
  const { subscriptions, zone, pausedUntil } = stored;
  return {
    digests: new Map(subscriptions.map(({ digest, when }) => [digest, cadenceOf(when)])),
    zone,
    pausedUntil: pausedUntil === null || pausedUntil <= now ? '' : localDay(pausedUntil, zone ?? homeZone),
  };
}

/**
 * @param homeZone where days begin for who has chosen no zone
 * @param now a pause ends after it, and within `pauseDaysMax`
 */
export function readPreferences(
  fields: Fields,
  offers: readonly Offer[],
  homeZone: string,
  now: Instant,
): { readonly decision: Decision } | { readonly form: PreferencesForm; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const chosen = fields.all('digest');
  const digests = new Map<string, Cadence>();
  for (const { id, name } of offers.filter((offer) => chosen.includes(offer.id))) {
    const cadence = readCadence(fields, `-${id}`);
    digests.set(id, cadence ?? ownCadence);
    if (cadence === null)
      problems.push({ field: `when-${id}`, says: `Choose how often ${name} comes, with a time such as 07:00.` });
  }
  const zone = readZone(fields);
  if (zone === undefined) problems.push({ field: 'zone', says: 'Choose a time zone from the list.' });
  const until = fields.one('until').trim();
  const [tomorrow, last] = pauseDays(zone ?? homeZone, now);
  if (until !== '' && !(isDay(until) && until >= tomorrow && until <= last)) {
    problems.push({ field: 'until', says: `Pause until a day from ${tomorrow} to ${last}, or leave the day empty.` });
  }
  if (zone === undefined || problems.length > 0) {
    return { form: { digests, zone: zone ?? null, pausedUntil: until }, problems };
  }
  const wanted = [...digests].map(([digest, cadence]) => ({ digest, when: scheduleOf(cadence) }));
  const pausedUntil = until === '' ? null : startOfDay(until, zone ?? homeZone);
  return { decision: { digests: wanted, zone, pausedUntil } };
}

function pauseDays(zone: string, now: Instant): readonly [string, string] {
  return [localDay(now + DAY, zone), localDay(now + limits.pauseDaysMax * DAY, zone)];
}

/** `2027-02-30` is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && localDay(at, 'UTC') === text;
}

export function preferencesPage(shown: {
  readonly maskedAddress: string;
  readonly offers: readonly Offer[];
  readonly form: PreferencesForm;
  readonly problems?: readonly Problem[];
  /** Whether this is the answer to a choice that was kept. */
  readonly saved?: boolean;
  /** As for {@link readPreferences}. */
  readonly homeZone: string;
  readonly now: Instant;
}): PageHtml {
  const { maskedAddress, offers, form, problems = [], saved = false, homeZone, now } = shown;
  const [tomorrow, last] = pauseDays(form.zone ?? homeZone, now);
  const wrongDay = problems.find(({ field }) => field === 'until')?.says;
  return page(
    problems.length === 0 ? 'Preferences' : 'Please check: Preferences',
    html`<h1>Your preferences</h1>
<p>For the mail that goes to ${known(maskedAddress)}. Whoever has this link can change them, so do not pass it on.</p>
${saved ? html`<p class="done" role="status">Saved.${pauseInWords(form.pausedUntil)}</p>` : ''}
${problemList(problems)}
<form method="post">
<fieldset>
<legend>Digests</legend>
${offers.map((offer) => {
  const cadence = form.digests.get(offer.id);
  return offerItem(
    offer,
    cadence !== undefined,
    html`<div class="cadence">${cadenceFields(cadence ?? ownCadence, `-${offer.id}`, offer.name)}</div>`,
  );
})}
</fieldset>
<fieldset>
<legend>Times</legend>
<p class="quiet">All of your digests come by the clock of this zone.</p>
${zoneField(form.zone)}
</fieldset>
<fieldset>
<legend>Pause</legend>
<div class="field"><label for="until">No mail before</label>
<p class="quiet" id="hint-until">Leave the day empty for no pause. What is found meanwhile is not sent later.</p>
${wrongDay === undefined ? '' : html`<p class="problem" id="problem-until">${wrongDay}</p>`}
<input type="date" id="until" name="until" value="${form.pausedUntil}" min="${tomorrow}" max="${last}" aria-describedby="hint-until${wrongDay === undefined ? '' : ' problem-until'}"${wrongDay === undefined ? '' : html` aria-invalid="true"`}></div>
</fieldset>
<button type="submit" name="do" value="save">Save</button>
</form>
<section><h2>Unsubscribe</h2>
<p>No mail from here any more, until you subscribe again.</p>
${oneButton('unsubscribe', 'Unsubscribe from all')}</section>
${ownData()}`,
  );
}

/** For who has ended everything: by this link nothing begins again, for it may have been passed on. */
export function nothingSubscribed(maskedAddress: string): PageHtml {
  return page(
    'Preferences',
    html`<h1>Nothing is subscribed</h1>
<p>No digest goes to ${known(maskedAddress)}. To begin again, <a href="/subscribe">subscribe</a>.</p>
${ownData()}`,
  );
}

function ownData(): PageHtml {
  return html`<section><h2>Your data</h2>
<p>All that is kept about you: sent to your address as a link, or erased for good.</p>
<div class="pair">${oneButton('export', 'Send me my data')}${oneButton('erase', 'Erase me')}</div></section>`;
}

/** In one piece: a line that breaks at its dots would not be read as an address. */
function known(maskedAddress: string): PageHtml {
  return html`<span class="whole">${maskedAddress}</span>`;
}

function oneButton(action: string, words: string): PageHtml {
  return html`<form method="post"><button class="second" type="submit" name="do" value="${action}">${words}</button></form>`;
}

function pauseInWords(until: string): string {
  return until === '' ? '' : ` No mail before ${until}.`;
}

/** Asks once more: what is erased does not come back. */
export function eraseQuestion(maskedAddress: string): PageHtml {
  return page(
    'Erase me',
    html`<h1>Erase all that is kept about you?</h1>
<p>Your subscriptions and the address ${known(maskedAddress)} are deleted, and no further mail comes. If mail to you bounced, or you reported it as spam, a
code remains that names nobody, so that you are not written to again.</p>
<form method="post"><button type="submit" name="do" value="erase-now">Erase me</button></form>
<p class="quiet">To keep everything, close this page.</p>`,
  );
}

export function erased(): PageHtml {
  return notice(
    'You are erased',
    'Your address and your subscriptions are deleted, and no further mail will come.',
    html`If you change your mind, you can <a href="/subscribe">subscribe again</a>.`,
  );
}

/** After the button for one's data: the link goes to the address, so that it is of no use to who only found this page. */
export function dataOnItsWay(): PageHtml {
  return notice('Check your mail', 'A mail with a link to your data is on its way to your address.');
}

/** Where somebody without a mail at hand asks for their link. */
export function linkRequestPage(address = '', problem?: string): PageHtml {
  const problems = problem === undefined ? [] : [{ field: 'address', says: problem }];
  return page(
    problems.length === 0 ? 'Your preferences' : 'Please check: Your preferences',
    html`<h1>Your preferences</h1>
<p>We send a link to your preferences to the address that you are subscribed with.</p>
${problemList(problems)}
<form method="post" action="/preferences" novalidate>
${addressField(address, problem, { kind: 'open' })}
<button type="submit">Send me the link</button>
</form>`,
  );
}

/** The same bytes for every address. */
export function linkOnItsWay(): PageHtml {
  return notice(
    'Check your mail',
    'If this address is subscribed here, a mail with a link to its preferences is on its way.',
    html`If nothing comes, the address is not known here: you can <a href="/subscribe">subscribe</a>.`,
  );
}
