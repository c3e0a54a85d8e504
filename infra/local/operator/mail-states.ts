/** How mails fare: the deliveries of the newest issues, whether a mail of them is kept here or not. */
import { unreachable } from '../../../shared/assert.ts';
import type { Profile, Suppression } from '../../../shared/delivery/consent.ts';
import type { Delivery } from '../../../shared/delivery/delivery.ts';
import type { Issue } from '../../../shared/digest/issue.ts';
import { limits } from '../../../shared/limits.ts';
import { deliveriesOf } from '../../../shared/store/deliveries.ts';
import { issuesOf } from '../../../shared/store/issues.ts';
import { peopleKeys } from '../../../shared/store/keys.ts';
import { profileIn, suppressionIn } from '../../../shared/store/person-rows.ts';
import { getAll } from '../../../shared/store/whole.ts';
import type { Table } from '../../../shared/world.ts';
import { allEditions } from './edition-list.ts';
import type { OperatorView } from './operator-view.ts';

export const mailStates = ['waiting', 'sent', 'unknown', 'dropped', 'bounced', 'complained'] as const;

export type MailState = (typeof mailStates)[number];

export interface FollowedMail {
  readonly delivery: Delivery;
  readonly issue: Pick<Issue, 'id' | 'digest' | 'number'>;
  /** Id: where the issue stands. */
  readonly edition: string;
  readonly state: MailState;
  /** Null when the reader was erased. */
  readonly address: string | null;
}

/** Newest issue first; as many deliveries as `limits` let be looked at. */
export async function followedMails(
  view: Pick<OperatorView, 'news' | 'people' | 'config'>,
): Promise<readonly FollowedMail[]> {
  const found: Omit<FollowedMail, 'state' | 'address'>[] = [];
  for (const { edition, issue } of await newestIssues(view)) {
    for (const delivery of await deliveriesOf(view.people, issue.id)) found.push({ delivery, issue, edition });
    if (found.length >= limits.mailStateDeliveriesMax) break;
  }
  const known = found.slice(0, limits.mailStateDeliveriesMax);
  const { addressOf, suppressionOf } = await readersOf(
    view.people,
    known.map(({ delivery }) => delivery.subscriber),
  );
  return known.map((mail) => ({
    ...mail,
    state: stateOf(mail.delivery, suppressionOf(mail.delivery.subscriber)),
    address: addressOf(mail.delivery.subscriber),
  }));
}

/** In the words that people know. Which mail came back is not stored: it is one that went out before its reader was let alone. */
export function stateOf(delivery: Delivery, suppression: Pick<Suppression, 'cause' | 'since'> | null): MailState {
  switch (delivery.state) {
    case 'QUEUED':
    case 'SENDING':
      return 'waiting';
    case 'UNKNOWN':
      return 'unknown';
    case 'DROPPED':
      return 'dropped';
    case 'SENT':
      if (suppression === null || suppression.since < delivery.since) return 'sent';
      return suppression.cause === 'complained' ? 'complained' : 'bounced';
    default:
      return unreachable(delivery.state);
  }
}

async function newestIssues({ news, people, config }: Pick<OperatorView, 'news' | 'people' | 'config'>) {
  const editions = await allEditions(people, config.digests);
  const each = Math.ceil(limits.mailStateIssuesMax / Math.max(1, editions.length));
  const issues = await Promise.all(
    editions.map(async ({ id }) => (await issuesOf(news, id, each)).map((issue) => ({ edition: id, issue }))),
  );
  return issues.flat().sort((a, b) => b.issue.frozenAt - a.issue.frozenAt);
}

async function readersOf(people: Table, subscribers: readonly string[]) {
  const keys = [...new Set(subscribers)].flatMap((subscriber) => [
    peopleKeys.subscriber(subscriber),
    peopleKeys.suppression(subscriber),
  ]);
  const items = await getAll(people, keys);
  const profiles = new Map<string, Profile>();
  const suppressions = new Map<string, Suppression>();
  for (const item of items) {
    if (item.sk === peopleKeys.suppression('').sk) suppressions.set(item.pk, suppressionIn(item));
    else profiles.set(item.pk, profileIn(item));
  }
  const at = (subscriber: string) => peopleKeys.subscriber(subscriber).pk;
  return {
    addressOf: (subscriber: string) => profiles.get(at(subscriber))?.address ?? null,
    suppressionOf: (subscriber: string) => suppressions.get(at(subscriber)) ?? null,
  };
}
