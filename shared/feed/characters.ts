/** Single characters that need care: those of windows-1252 under another label, and those that no text may hold. */

/**
 * U+0080 to U+009F are never meant: they are bytes of windows-1252 under a label of latin1, or a character reference
 * made from one. The table is our own because several versions of Node decode this range wrongly (nodejs/node#56542).
 */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The character that windows-1252 has at 0x80 to 0x9F. */
export function windows1252Character(code: number): string {
  return windows1252[code - 0x80] ?? '\ufffd';
}

/**
 * The text without characters that XML forbids, and without lone surrogates. Tab, line feed and carriage return may
 * stand. Nearly every text is clean, and is only looked at: rewriting it would cost as much as parsing it.
 */
export function withoutForbidden(text: string): string {
  if (!forbidden.test(text) && text.isWellFormed()) return text;
  return text.replace(forbiddenAll, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const forbiddenAll = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff\p{Surrogate}]/gu;
