/** Stored messages as a mail program reads them. The only importer of the MIME reader. */
import PostalMime, { decodeWords } from 'postal-mime';

export interface StoredMessage {
  readonly subject: string | null;
  /** In the order of the message, decoded, each value in one line. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly html: string | null;
  readonly text: string | null;
}

/** @returns null when the bytes are no mail that can be read */
export async function readMessage(bytes: Uint8Array): Promise<StoredMessage | null> {
  try {
    const mail = await PostalMime.parse(bytes);
    return {
      subject: mail.subject ?? null,
      headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value: decodeWords(value) })),
      html: mail.html ?? null,
      text: mail.text ?? null,
    };
  } catch {
    // Whoever sent it, this machine stored it: the raw message can still be looked at.
    return null;
  }
}

/** The subject alone: the body, which is most of a message, is not read. */
export async function subjectOf(bytes: Uint8Array): Promise<string | null> {
  const headEnd = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\r\n\r\n');
  return (await readMessage(headEnd < 0 ? bytes : bytes.subarray(0, headEnd + 2)))?.subject ?? null;
}
