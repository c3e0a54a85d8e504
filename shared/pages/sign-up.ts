/** The sign-up page: its form, and how what comes back is read. */
import { html } from 'hono/html';
import type { Asked } from '../delivery/consent.ts';
import type { Signup } from '../watch/config.ts';
import { listed } from '../watch/listed.ts';
import { type Cadence, cadenceFields, ownCadence, readCadence, readZone, scheduleOf, zoneField } from './cadence.ts';
import type { Fields } from './fields.ts';
import { type Offer, offerItem } from './offer.ts';
import { notice, type PageHtml, page } from './page.ts';
import { outsideSignup, typedAddress } from './typed-address.ts';

/** What somebody typed, right or wrong: a form that is shown again holds it. */
export interface SignUpForm {
  readonly address: string;
  readonly digests: readonly string[];
  readonly cadence: Cadence;
  readonly zone: string | null;
}

export interface Problem {
  /** Id of the field that it is about. */
  readonly field: string;
  readonly says: string;
}

/** A sign-up that can be worked off. */
export interface SignUp extends Omit<Asked, 'at'> {
  readonly address: string;
}

/** Sets the zone that the browser is in, where nothing else was chosen. Without it the zone is that of the digest. */
export const zoneGuess = `const zone = document.getElementById('zone');
try { const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone.value === '' && [...zone.options].some(({ value }) => value === own)) zone.value = own; } catch {}`;

/** With one digest there is nothing to choose. */
export function emptySignUp(offers: readonly Offer[]): SignUpForm {
  return {
    address: '',
    digests: offers.length === 1 ? offers.map(({ id }) => id) : [],
    cadence: ownCadence,
    zone: null,
  };
}

export function readSignUp(
  fields: Fields,
  offers: readonly Offer[],
  signup: Signup,
): { readonly signUp: SignUp } | { readonly form: SignUpForm; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const chosen = fields.all('digest');
  const digests = offers.map(({ id }) => id).filter((id) => chosen.includes(id));
  if (digests.length === 0) {
    problems.push({ field: `digest-${offers[0]?.id}`, says: 'Choose at least one digest.' });
  }
  const cadence = readCadence(fields, '');
  if (cadence === null) problems.push({ field: 'when', says: 'Choose how often, with a time such as 07:00.' });
  const zone = readZone(fields);
  if (zone === undefined) problems.push({ field: 'zone', says: 'Choose a time zone from the list.' });
  const typed = typedAddress(fields.one('address'));
  const wrong = 'problem' in typed ? typed.problem : outsideSignup(typed.address, signup);
  if (wrong !== null) problems.push({ field: 'address', says: wrong });
  if ('problem' in typed || cadence === null || zone === undefined || problems.length > 0) {
    const form = { address: fields.one('address'), digests, cadence: cadence ?? ownCadence, zone: zone ?? null };
    return { form, problems };
  }
  const when = scheduleOf(cadence);
  // A digest that comes by itself comes by its own clock.
  return { signUp: { address: typed.address, digests, when, zone: when === null ? null : zone } };
}

export function signUpPage(
  offers: readonly Offer[],
  signup: Signup,
  form: SignUpForm,
  problems: readonly Problem[] = [],
): PageHtml {
  const saysOf = (field: string) => problems.find((problem) => problem.field === field)?.says;
  const choose = saysOf(`digest-${offers[0]?.id}`);
  return page(
    problems.length === 0 ? 'Subscribe' : 'Please check: Subscribe',
    html`<h1>Subscribe</h1>
<p>Choose what you want to read, and where it goes. You will get a mail with a button: only then does anything begin.</p>
${problemList(problems)}
<form method="post" action="/subscribe" novalidate>
<fieldset${choose === undefined ? '' : html` aria-describedby="problem-digests"`}>
<legend>Digests</legend>
${choose === undefined ? '' : html`<p class="problem" id="problem-digests">${choose}</p>`}
${offers.map((offer) => offerItem(offer, form.digests.includes(offer.id)))}
</fieldset>
<fieldset class="cadence">
<legend>When</legend>
${[saysOf('when'), saysOf('zone')].map((says) => (says === undefined ? '' : html`<p class="problem">${says}</p>`))}
${cadenceFields(form.cadence, '', '')}
${zoneField(form.zone)}
</fieldset>
<fieldset>
<legend>Where to</legend>
${addressField(form.address, saysOf('address'), signup)}
</fieldset>
<button type="submit">Subscribe</button>
</form>
<section><h2>Already subscribed?</h2>
<p>Every mail has a link to your preferences. If you have none at hand, <a href="/preferences">let us send you one</a>.</p></section>`,
    zoneGuess,
  );
}

/** @param says what is wrong with it, if anything */
export function addressField(address: string, says: string | undefined, signup: Signup): PageHtml {
  const hint = signup.kind === 'domains' ? `An address under ${listed(signup.domains, 'or')}.` : null;
  const about = [hint === null ? [] : 'hint-address', says === undefined ? [] : 'problem-address'].flat().join(' ');
  return html`<div class="field"><label for="address">Mail address</label>
${hint === null ? '' : html`<p class="quiet" id="hint-address">${hint}</p>`}
${says === undefined ? '' : html`<p class="problem" id="problem-address">${says}</p>`}
<input type="email" id="address" name="address" value="${address}" autocomplete="email" spellcheck="false" required${about === '' ? '' : html` aria-describedby="${about}"`}${says === undefined ? '' : html` aria-invalid="true"`}></div>`;
}

/** All that is wrong, at the top, where who hears the page begins. */
export function problemList(problems: readonly Problem[]): PageHtml | '' {
  if (problems.length === 0) return '';
  return html`<div class="problems" role="alert" tabindex="-1" autofocus>
<h2>Please check</h2>
<ul>${problems.map(({ field, says }) => html`<li><a href="#${field}">${says}</a></li>`)}</ul>
</div>`;
}

/** The same bytes for every address: known, unknown, waiting, left alone or erased. */
export function checkYourMail(): PageHtml {
  return notice(
    'Check your mail',
    'If the address can be subscribed, a mail with a button is on its way to it. Nothing begins before you press that.',
    'It may take some minutes. If nothing comes, look into the folder for spam, and try again after a quarter of an hour.',
  );
}

/** Where only the operator subscribes people. */
export function signupClosed(): PageHtml {
  return notice(
    'Subscribing is not open here',
    'Who gets these digests is decided by those who run this service. Ask them to add your address.',
    html`Already subscribed? <a href="/preferences">Let us send you a link to your preferences</a>.`,
  );
}
