/** What every Mailer does with a mail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailer, OutgoingMail } from '../../shared/world.ts';

export interface OpenMailer {
  readonly mailer: Mailer;
  /** What was accepted, oldest first. */
  accepted(): Promise<
    readonly { readonly to: string; readonly raw: Uint8Array; readonly tags: OutgoingMail['tags'] }[]
  >;
  close(): Promise<void>;
}

export function mailerConforms(name: string, open: () => Promise<OpenMailer>): void {
  describe(`Mailer: ${name}`, () => {
    let opened: OpenMailer;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('hands over the very bytes, to the one reader, with the tags', async () => {
      const mail: OutgoingMail = {
        from: 'Watchword <alerts@watchword.example>',
        to: 'press@reader.example',
        raw: new TextEncoder().encode('From: a\r\nTo: b\r\nSubject: =?utf-8?q?c?=\r\n\r\n“body” \u00e9\r\n.\r\n'),
        tags: { issue: 'AbC-_123', subscriber: 's1', attempt: '1' },
      };
      const outcome = await opened.mailer.send(mail);
      expect(outcome).toMatchObject({ kind: 'sent', messageId: expect.stringMatching(/./) });
      const [accepted] = await opened.accepted();
      expect(accepted?.to).toBe(mail.to);
      expect(accepted?.tags).toMatchObject(mail.tags);
      expect(Buffer.from(accepted?.raw ?? []).toString('latin1')).toBe(Buffer.from(mail.raw).toString('latin1'));
    });

    it('names the same mail, sent twice, twice', async () => {
      const mail = { from: 'a@b.example', to: 'c@d.example', raw: new Uint8Array([65]), tags: { attempt: '2' } };
      const [one, other] = [await opened.mailer.send(mail), await opened.mailer.send(mail)];
      expect(one).not.toEqual(other);
    });
  });
}
