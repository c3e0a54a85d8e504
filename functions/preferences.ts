/** preferences: what a person gets, shown and changed. A part of `web`. */
import type { Preferences } from '../shared/delivery/consent.ts';
import { maySignUp } from '../shared/delivery/request.ts';
import type { Claim } from '../shared/delivery/token.ts';
import type { Fields } from '../shared/pages/fields.ts';
import { type Offer, offersOf } from '../shared/pages/offer.ts';
import {
  dataOnItsWay,
  erased,
  eraseQuestion,
  nothingSubscribed,
  preferencesForm,
  preferencesPage,
  readPreferences,
} from '../shared/pages/preferences.ts';
import { unsubscribed } from '../shared/pages/unsubscribe.ts';
import { choose, pause, preferencesOf, unsubscribeAll } from '../shared/store/consents.ts';
import { erase } from '../shared/store/erasures.ts';
import { profileOf } from '../shared/store/subscribers.ts';
import { askByMail } from './ask-by-mail.ts';
import { noUse, type Page, refuse } from './page-edge.ts';
import type { WebWorld } from './web.ts';

export async function showPreferences(world: WebWorld, page: Page, claim: Claim): Promise<Response> {
  const stored = await preferencesOf(world.people, claim);
  if (stored === null) return noUse(page);
  if (stored.over) return page.html(nothingSubscribed(stored.maskedAddress));
  const homeZone = world.config.deliver.zone;
  const now = world.clock.now();
  const form = preferencesForm(stored, homeZone, now);
  const saved = page.req.method === 'POST';
  const offers = await offersFor(world, claim, stored);
  return page.html(preferencesPage({ maskedAddress: stored.maskedAddress, offers, form, homeZone, now, saved }));
}

export async function changePreferences(world: WebWorld, page: Page, claim: Claim, fields: Fields): Promise<Response> {
  const { people } = world;
  const now = world.clock.now();
  // Once more is the same: by then nothing is stored.
  if (fields.one('do') === 'erase-now') return (await erase(people, claim, now)) ? page.html(erased()) : noUse(page);
  const stored = await preferencesOf(people, claim);
  if (stored === null) return noUse(page);
  switch (fields.one('do')) {
    case 'save':
      return save(world, page, claim, fields, stored);
    case 'unsubscribe':
      return (await unsubscribeAll(people, claim, now)) ? page.html(unsubscribed(null)) : noUse(page);
    case 'export':
      return askByMail(world, page, { kind: 'export', subscriber: claim.subject }, dataOnItsWay());
    case 'erase':
      return page.html(eraseQuestion(stored.maskedAddress));
    default:
      return refuse(page, 400);
  }
}

async function save(world: WebWorld, page: Page, claim: Claim, fields: Fields, stored: Preferences): Promise<Response> {
  const { people, config } = world;
  const homeZone = config.deliver.zone;
  const now = world.clock.now();
  const offers = await offersFor(world, claim, stored);
  const read = readPreferences(fields, offers, homeZone, now);
  if ('problems' in read) {
    return page.html(preferencesPage({ ...read, maskedAddress: stored.maskedAddress, offers, homeZone, now }), 422);
  }
  const kept =
    (await choose(people, claim, read.decision, config.digests, now)) &&
    (await pause(people, claim, read.decision.pausedUntil, now));
  return kept ? showPreferences(world, page, claim) : noUse(page);
}

/** Who may not sign up, but is subscribed by the operator, can keep and end what there is, and begin nothing. */
async function offersFor(world: WebWorld, claim: Claim, { subscriptions }: Preferences): Promise<readonly Offer[]> {
  const { people, config } = world;
  const profile = await profileOf(people, claim.subject);
  const mayBegin = profile !== null && maySignUp(profile.address, config.deliver.signup);
  return offersOf(config).filter(({ id }) => mayBegin || subscriptions.some(({ digest }) => digest === id));
}
