/** Mail that was accepted here, as files: `<time>-<id>.eml` is the message byte for byte, the `.json` beside it its envelope. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../shared/time.ts';

export interface Envelope {
  readonly source: string;
  readonly destinations: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
}

export interface StoredMail extends Envelope {
  readonly messageId: string;
  readonly receivedAt: Instant;
  /** The path of the message, an `.eml` file. */
  readonly file: string;
}

export interface Outbox {
  /** Oldest first. */
  stored(): readonly StoredMail[];
  /** Whole or not at all: a message without its envelope, or an envelope without its message, is never listed. */
  store(envelope: Envelope, raw: Uint8Array, at: Instant): Promise<StoredMail>;
}

/** @param folder made when missing; what earlier runs stored in it is listed */
export async function openOutbox(folder: string): Promise<Outbox> {
  await mkdir(folder, { recursive: true });
  const mails = await readMails(folder);
  let count = Math.max(0, ...mails.map(({ messageId }) => Number.parseInt(messageId, 10)));
  return {
    stored: () => mails,
    async store(envelope, raw, at) {
      count += 1;
      const messageId = `${String(count).padStart(6, '0')}-${createHash('sha256').update(raw).digest('hex').slice(0, 24)}`;
      const path = join(folder, `${fileTime(at)}-${messageId}`);
      const mail: StoredMail = { ...envelope, messageId, receivedAt: at, file: `${path}.eml` };
      try {
        const { file: _, ...told } = mail;
        await writeWhole(`${path}.json`, `${JSON.stringify(told, null, 2)}\n`);
        await writeWhole(mail.file, raw); // the message comes last: with it the mail is stored
      } catch (fault) {
        await Promise.all([rm(`${path}.json`, { force: true }), rm(`${mail.file}.tmp`, { force: true })]);
        throw fault;
      }
      mails.push(mail);
      return mail;
    },
  };
}

async function readMails(folder: string): Promise<StoredMail[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    names.map(async (name): Promise<StoredMail> => {
      const file = join(folder, name);
      return {
        ...(JSON.parse(await readFile(file.replace(/\.eml$/, '.json'), 'utf8')) as Omit<StoredMail, 'file'>),
        file,
      };
    }),
  );
  return mails.sort((one, other) => (one.messageId < other.messageId ? -1 : 1));
}

/** `20261123T070000000Z`: sorts as time does, and every file system takes it. */
function fileTime(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '');
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}
