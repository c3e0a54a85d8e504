/**
 * Bytes → text. Labels lie more often than bytes do, so the bytes are asked first: a byte order mark, then zero bytes
 * in the pattern of UTF-16 or UTF-32, then strict UTF-8, and only then the labels (HTTP before XML, RFC 7303).
 */
import { windows1252Character, withoutForbidden } from './characters.ts';

export interface DecodedText {
  /** Without characters that XML forbids, and without a byte order mark. */
  readonly text: string;
  /** There were such characters. */
  readonly mended: boolean;
}

/**
 * The text of a document. Never fails: what no character set explains becomes U+FFFD.
 *
 * @param contentType the HTTP header as it came; null when there is none (a file)
 */
export function decode(bytes: Uint8Array, contentType: string | null): DecodedText {
  const decoded = decodeBytes(bytes, contentType);
  // One look at each character: nearly every document is clean.
  if (!strange.test(decoded)) return { text: decoded, mended: false };
  const text = withoutForbidden(c1.test(decoded) ? withWindowsPunctuation(decoded) : decoded);
  return { text, mended: text.length !== decoded.length };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const strange = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

const c1 = /[\u0080-\u009f]/;

function decodeBytes(bytes: Uint8Array, contentType: string | null): string {
  const wide = wideEncoding(bytes);
  if (wide !== null) return wide.startsWith('utf-32') ? decodeUtf32(bytes, wide === 'utf-32le') : label(wide, bytes)!;

  const labels = [charsetOf(contentType), declaredEncoding(bytes)].filter((name) => name !== null);
  // These two are pure ASCII on the wire: strict UTF-8 would accept their escape sequences as they stand.
  const shifted = labels.find((name) => /^(iso-2022-|hz-)/.test(name));
  if (shifted === undefined) {
    const utf8 = strictUtf8(bytes);
    if (utf8 !== null) return utf8;
  }
  for (const name of labels) {
    if (/^(utf-?8|utf-?16|utf-?32|us-ascii|ascii$|unicode|ucs)/.test(name)) continue; // the bytes have said no already
    const text = label(name, bytes);
    if (text !== null) return text;
  }
  return utf8OrWindows1252(bytes);
}

/** UTF-16 or UTF-32 by byte order mark, or by the zero bytes around a first ASCII character. */
function wideEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (a === 0 && b === 0 && c === 0 && d) return 'utf-32be';
  if (a && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b && c === 0 && d) return 'utf-16be';
  if (a && b === 0 && c && d === 0) return 'utf-16le';
  return null;
}

/** TextDecoder does not know UTF-32. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = Buffer.alloc(bytes.byteLength);
  let end = 0;
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (code === 0xfeff && at === 0) continue;
    if (code > 0xffff && code <= 0x10ffff) {
      end = units.writeUInt16LE(0xd800 + ((code - 0x10000) >> 10), end);
      end = units.writeUInt16LE(0xdc00 + (code & 0x3ff), end);
    } else {
      const isCharacter = code <= 0xffff && (code < 0xd800 || code > 0xdfff);
      end = units.writeUInt16LE(isCharacter ? code : 0xfffd, end);
    }
  }
  return units.toString('utf16le', 0, end);
}

const strict = new TextDecoder('utf-8', { fatal: true });

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Null for a name that nobody knows. */
function label(name: string, bytes: Uint8Array): string | null {
  for (const known of [aliases[name] ?? name, name.replaceAll('_', '-')]) {
    try {
      return new TextDecoder(known).decode(bytes);
    } catch {
      // no such name
    }
  }
  return null;
}

/** Names seen in feeds that the WHATWG list lacks. */
const aliases: Readonly<Record<string, string>> = {
  'win-1250': 'windows-1250',
  'win-1251': 'windows-1251',
  'win-1252': 'windows-1252',
  ansi: 'windows-1252',
  'latin-1': 'windows-1252',
  macroman: 'macintosh',
  'mac-cyrillic': 'x-mac-cyrillic',
  maccyrillic: 'x-mac-cyrillic',
  cp874: 'windows-874',
  euckr: 'euc-kr',
  eucjp: 'euc-jp',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp932: 'shift_jis',
};

function charsetOf(contentType: string | null): string | null {
  return contentType?.match(/charset\s*=\s*["']?\s*([\w.:-]+)/i)?.[1]?.toLowerCase() ?? null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 512)).toString('latin1');
  return head.match(/<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i)?.[1]?.toLowerCase() ?? null;
}

/** Mostly valid UTF-8 with a few broken characters stays UTF-8; else it is the Western default. Judged by the beginning. */
function utf8OrWindows1252(bytes: Uint8Array): string {
  const sample = bytes.subarray(firstHighByte(bytes)).subarray(0, 100_000);
  const bad = new TextDecoder('utf-8').decode(sample).split('\ufffd').length - 1;
  const high = sample.reduce((count, byte) => (byte >= 0x80 ? count + 1 : count), 0);
  return label(bad * 3 > high ? 'windows-1252' : 'utf-8', bytes)!;
}

function firstHighByte(bytes: Uint8Array): number {
  return Math.max(
    0,
    bytes.findIndex((byte) => byte >= 0x80),
  );
}

/** By code units and not by a replacement for each: a document of nothing else must not cost a hundred times its size. */
function withWindowsPunctuation(text: string): string {
  const units = Buffer.alloc(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const meant = unit >= 0x80 && unit <= 0x9f ? windows1252Character(unit).charCodeAt(0) : unit;
    units.writeUInt16LE(meant, at * 2);
  }
  return units.toString('utf16le');
}
