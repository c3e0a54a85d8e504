/** Mailer in memory: what it accepted is what a mailbox would hold. Held to `test/conformance/mailer.ts`. */
import { createHash } from 'node:crypto';
import type { Mailer, OutgoingMail } from '../../shared/world.ts';

export interface MemoryMailer extends Mailer {
  readonly accepted: (OutgoingMail & { readonly messageId: string })[];
}

export function memoryMailer(): MemoryMailer {
  const accepted: MemoryMailer['accepted'] = [];
  return {
    accepted,
    async send(mail) {
      const messageId = createHash('sha256')
        .update(mail.raw)
        .update(String(accepted.length))
        .digest('hex')
        .slice(0, 16);
      accepted.push({ ...mail, messageId });
      return { kind: 'sent', messageId };
    },
  };
}
