/** letter: answers what somebody asked for on the pages: by a mail, or not at all. A part of `deliver`. */

import type { Asked, Profile, Subscription } from '../shared/delivery/consent.ts';
import { laterThan } from '../shared/delivery/delivery.ts';
import { editionFor } from '../shared/delivery/edition.ts';
import { type Letter, writeLetter } from '../shared/delivery/letter.ts';
import { maySignUp, type Request } from '../shared/delivery/request.ts';
import { type Action, type Keys, tokenOf } from '../shared/delivery/token.ts';
import { idOf } from '../shared/id.ts';
import { limits } from '../shared/limits.ts';
import { composeLetter } from '../shared/mail/compose.ts';
import { erasureOf } from '../shared/store/erasures.ts';
import { newProfile } from '../shared/store/person-rows.ts';
import { dropRequest, putBack, requestOf, type StoredRequest } from '../shared/store/requests.ts';
import { takeTurn } from '../shared/store/send-line.ts';
import { moveProfile, profileOf, subscriptionsOf, suppressionOf } from '../shared/store/subscribers.ts';
import { giveBackLetterTurn, takeLetterTurn } from '../shared/store/turns.ts';
import { DAY, HOUR, type Instant, iso, MINUTE, SECOND } from '../shared/time.ts';
import type { Config, Digest, Schedule } from '../shared/watch/config.ts';
import { sayWhen } from '../shared/watch/when.ts';
import { zoneProblem } from '../shared/watch/zone.ts';
import type { Clock, Log, Mailer, Queue, Table } from '../shared/world.ts';
import { type LetterJob, writeJob } from './job.ts';
import { sendAll } from './lambda.ts';
import { isLive } from './reader.ts';

/** What letters say of a digest, and whom the operator names for it. */
type TellableDigest = Pick<Digest, 'id' | 'name' | 'when' | 'zone' | 'to'>;

export interface LetterWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly people: Table;
  readonly mailer: Mailer;
  readonly deliverQueue: Queue;
  readonly config: Pick<Config, 'deliver'> & { readonly digests: readonly TellableDigest[] };
  /** Mails a second, all workers together; null where nobody asks for a limit. */
  readonly rate: number | null;
  readonly links: { readonly base: string; readonly keys: Keys };
}

/**
 * At most one letter comes of a request: it is taken away, and the letter claimed, before the send. What fails after that is
 * not tried again; the person can ask again.
 */
export async function answer(world: LetterWorld, job: LetterJob): Promise<void> {
  const now = world.clock.now();
  const stored = await requestOf(world.people, job.request, now);
  if (stored === null) return;
  const draft = await draftFor(world, stored, now);
  const mayGo = draft !== null && (await mayStillGo(world, now));
  await dropRequest(world.people, job.request);
  if (!mayGo || draft === null) return;
  const { letter, before, after } = draft;
  if (!(await moveProfile(world.people, before, after))) return; // somebody writes to the same person at this moment
  const outcome = await send(world, letter, after, now);
  const { kind: became, ...why } = outcome;
  world.log.info('letter', { letter: letter.kind, outcome: became, ...('detail' in why && { detail: why.detail }) });
  if (outcome.kind !== 'later') return;
  // Not sent for certain: as if nothing had been claimed.
  const claimed = { ...after, rev: (before?.rev ?? 0) + 1 };
  await moveProfile(world.people, claimed, { ...claimed, lettersAt: before?.lettersAt ?? [] });
  await giveBackLetterTurn(world.people, now);
  await putBack(world.people, job.request, stored);
  const delaySeconds = Math.min(limits.queueDelaySecondsMax, (laterThan(now, outcome.why) - now) / SECOND);
  await sendAll(world.deliverQueue, [{ body: writeJob(job), delaySeconds }]);
}

async function send(world: LetterWorld, letter: Letter, { subscriber, address }: Profile, now: Instant) {
  // Somebody waits for it: it goes before what stands in the line, which moves on by one.
  if (world.rate !== null) await takeTurn(world.people, 1, world.rate, now);
  const { from } = world.config.deliver;
  const raw = await composeLetter({
    ...writeLetter(letter, new URL(world.links.base).host),
    from,
    to: address,
    letterId: idOf('letter', subscriber, letter.kind, iso(now)),
    date: now,
  });
  return world.mailer.send({ from, to: address, raw, tags: { letter: letter.kind, subscriber } });
}

/** Counts against the cap over all addresses, and tells once an hour that it is reached. */
async function mayStillGo(world: LetterWorld, now: Instant): Promise<boolean> {
  const more = await takeLetterTurn(world.people, now);
  if (more === 0) world.log.info('limit reached', { limit: 'letters', perHour: limits.lettersPerHourMax });
  return more !== null;
}

/** A letter, and what the profile of its reader becomes with it. */
interface Draft {
  readonly letter: Letter;
  readonly before: Profile | null;
  readonly after: Profile;
}

/** Null when no letter is due: nobody is known there, nobody may sign up, nothing was new, or there were enough of them. */
async function draftFor(world: LetterWorld, stored: StoredRequest, now: Instant): Promise<Draft | null> {
  const { subscriber, request } = stored;
  const suppression = await suppressionOf(world.people, subscriber);
  // Where mail was not to be had for a while it may be now; who complained, or is not there, is left alone.
  if (suppression !== null && !(suppression.cause === 'unreachable' && request.kind === 'sign-up')) return null;
  const before = await profileOf(world.people, subscriber);
  const most = request.kind === 'export' ? limits.lettersByLinkMax : limits.lettersPerAddressMax;
  const lettersAt = (before?.lettersAt ?? []).filter((at) => now - at < limits.letterDays * DAY);
  if (lettersAt.length >= most || lettersAt.some((at) => now - at < limits.letterGapMinutes * MINUTE)) return null;
  const subscriptions = before === null ? [] : await subscriptionsOf(world.people, subscriber);
  const live = subscriptions.filter((each) => isLive(world, each));
  const reader: Reader = { before, lettersAt: [...lettersAt, now], live };
  if (request.kind === 'sign-up') return signUp(world, subscriber, request, reader, now);
  if (before?.state !== 'confirmed') return null;
  const after = { ...before, lettersAt: reader.lettersAt };
  if (request.kind === 'preferences') return { letter: preferences(world, before, reader.live), before, after };
  const exportUrl = link(world, 'export', before, now + limits.exportHours * HOUR);
  return { letter: { kind: 'export', exportUrl }, before, after };
}

interface Reader {
  readonly before: Profile | null;
  /** With this letter. */
  readonly lettersAt: readonly Instant[];
  readonly live: readonly Subscription[];
}

async function signUp(
  world: LetterWorld,
  subscriber: string,
  request: Extract<Request, { kind: 'sign-up' }>,
  { before, lettersAt, live }: Reader,
  now: Instant,
): Promise<Draft | null> {
  if (!maySignUp(request.address, world.config.deliver.signup)) return null;
  const known = before?.state === 'confirmed' && live.length > 0;
  const wanted = world.config.digests.filter(
    ({ id }) => request.digests.includes(id) && !(known && live.some(({ digest }) => digest === id)),
  );
  if (wanted.length === 0 && !known) return null;
  const zone = request.zone !== null && zoneProblem(request.zone) === null ? request.zone : null;
  const asked: Asked = { digests: wanted.map(({ id }) => id), when: request.when, zone, at: now };
  const profile = before ?? (await newcomer(world, subscriber, request.address, now));
  // A confirmed address stays as it was confirmed, whatever the case of what was typed.
  const address = profile.state === 'confirmed' ? profile.address : request.address;
  const after = { ...profile, address, lettersAt, asked: wanted.length === 0 ? profile.asked : asked };
  const digests = wanted.map((digest) => saidOf(digest, asked.when, known ? profile.zone : zone));
  const confirmUrl = link(world, 'confirm', profile, now);
  if (!known) return { letter: { kind: 'confirmation', digests, confirmUrl }, before, after };
  const adding = wanted.length === 0 ? null : { digests, confirmUrl };
  return { letter: { ...preferences(world, profile, live), adding }, before, after };
}

/** Links from before an erasure are over. */
async function newcomer(world: LetterWorld, subscriber: string, address: string, now: Instant): Promise<Profile> {
  const erasure = await erasureOf(world.people, subscriber);
  return newProfile(subscriber, address, (erasure?.version ?? 0) + 1, now);
}

function preferences(world: LetterWorld, profile: Profile, live: readonly Subscription[]) {
  const digests = world.config.digests.flatMap((digest) => {
    const subscription = live.find((each) => each.digest === digest.id);
    return subscription === undefined ? [] : [saidOf(digest, subscription.when, profile.zone)];
  });
  const preferencesUrl = link(world, 'preferences', profile, profile.version);
  return { kind: 'preferences', digests, preferencesUrl, adding: null } as const;
}

function link(world: LetterWorld, action: Action, { subscriber }: Profile, version: number): string {
  const letters = { confirm: 'c', preferences: 'p', unsubscribe: 'u', export: 'x', issue: 'i' } as const;
  const token = tokenOf({ action, subject: subscriber, digest: null, version }, world.links.keys);
  return `${world.links.base}/${letters[action]}/${token}`;
}

/** `Morning: every day at 07:00 (Europe/London)` */
function saidOf(digest: TellableDigest, when: Schedule | null, zone: string | null): string {
  const edition = editionFor(digest, when, zone);
  const said = sayWhen(edition.when);
  return `${digest.name}: ${said}${edition.when.kind === 'times' ? ` (${edition.zone})` : ''}`;
}
