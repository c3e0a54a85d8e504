/** A town where anybody may sign up: what its people ask, and the letters that they get. */

import { writeJob } from '../../functions/job.ts';
import type { Request } from '../../shared/delivery/request.ts';
import { type Action, type Claim, readToken } from '../../shared/delivery/token.ts';
import { putRequest } from '../../shared/store/requests.ts';
import { subscriberId } from '../../shared/store/subscribers.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { OutgoingMail } from '../../shared/world.ts';
import { town } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';
import { simulate } from '../simulation/world.ts';

export const start = Date.UTC(2026, 10, 23, 9);
export const openTown: Config = { ...town, deliver: { ...town.deliver, signup: { kind: 'open' } } };
const [first, second] = openTown.digests;
if (first === undefined || second === undefined) throw new Error('the town has two digests');
export const atOnce = first;
export const morning = second;

export const ann = 'ann@reader.example';
export const idOf = (address: string) => subscriberId(address, testKeys);

export function signUpTown(config: Config = openTown) {
  const simulation = simulate(config, start);
  const { clock, people, mailer, queues } = simulation;
  const letters = simulation.processes(null).deliver;
  const ask = async (request: Request) => {
    const id = await putRequest(people, request, testKeys, clock.now());
    await queues.deliver.send([{ body: writeJob({ kind: 'letter', request: id }) }]);
    await queues.deliver.drain(letters);
  };
  return {
    ...simulation,
    letters,
    ask,
    signUp: (address = ann, digests = [morning.id], more: Partial<{ zone: string | null }> = {}) =>
      ask({ kind: 'sign-up', address, digests, when: null, zone: null, ...more }),
    mails: mailer.accepted as readonly OutgoingMail[],
    /** The claim of the link for this action in the newest mail; null when it has none. */
    linkOf(action: Action, mail: OutgoingMail | undefined = mailer.accepted.at(-1)): Claim | null {
      for (const [, token = ''] of textOf(mail).matchAll(/https:\/\/watchword\.example\/\w\/([\w.-]+)/g)) {
        const claim = readToken(action, token, testKeys);
        if (claim !== null) return claim;
      }
      return null;
    },
  };
}

/** Both parts, decoded far enough to look for words and links. */
export function textOf(mail: OutgoingMail | undefined): string {
  return Buffer.from(mail?.raw ?? [])
    .toString()
    .replace(/=\r\n/g, '')
    .replaceAll('=3D', '=');
}
