/** The whole way of a notice on this machine: a mail that is kept, its event in the queue, what feedback makes of it. */
import { expect, it, onTestFinished } from 'vitest';
import { openHost } from '../../../infra/local/host.ts';
import { deliveryOf } from '../../../shared/store/deliveries.ts';
import { suppressionOf } from '../../../shared/store/subscribers.ts';
import { town } from '../../simulation/small-town.ts';
import { temporaryFolder } from './temporary-folder.ts';

it.each([{}, { unrulyNotices: true } as const])(
  'readers are let alone by the names of their mailboxes, also with notices doubled and reversed: %j (row 77)',
  async (options) => {
    const causes = {
      bounce: 'bounced',
      complain: 'complained',
      suppressed: 'bounced',
      slow: null,
      ooto: null,
      ada: null,
    };
    const to = Object.keys(causes).map((mailbox) => `${mailbox}@reader.example`);
    const [, morning] = town.digests;
    const config = { ...town, feeds: [], digests: [{ ...morning!, to }] };
    const faults: unknown[] = [];
    const host = await openHost({
      config,
      data: temporaryFolder(),
      clock: { now: Date.now },
      log: { info: () => {}, error: (...told) => void faults.push(told) },
      webBase: 'http://127.0.0.1:8412',
      smtpUrl: null,
      ...options,
    });
    onTestFinished(() => host.close());
    await host.pass(); // a digest that was never sent and tells of nothing, too, comes at once when asked for

    const { people } = host.handlers;
    const fates = await Promise.all(
      host.mails().map(async ({ destinations, tags }) => {
        const { issue = '', subscriber = '' } = tags;
        const delivery = await deliveryOf(people, issue, subscriber);
        const cause = (await suppressionOf(people, subscriber))?.cause ?? null;
        return { mailbox: destinations[0]?.split('@')[0] ?? '', state: delivery?.state, cause };
      }),
    );
    expect(Object.fromEntries(fates.map(({ mailbox, cause }) => [mailbox, cause]))).toEqual(causes);
    expect(fates.map(({ state }) => state)).toEqual(to.map(() => 'SENT'));
    expect(faults).toEqual([]);
  },
);
