/** Signs that look like a space, or like nothing, told by name to somebody who cannot see them. */

const names: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'a no-break space'],
  ['\u202f', 'a narrow no-break space'],
  ['\u3000', 'a wide space'],
  ['\u200b', 'a zero-width space'],
  ['\ufeff', 'a byte order mark'],
  ['\u00ad', 'a soft hyphen'],
]);

/** `a no-break space (U+00A0)` */
export function signName(sign: string): string {
  return `${names.get(sign) ?? 'an invisible character'} (${signCode(sign)})`;
}

/** `U+00A0` */
export function signCode(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The first sign of a text that a reader takes for a space or does not see at all, or null. */
export function unseenIn(text: string): string | null {
  return /[^\S \n\r\t]|\p{Cf}/u.exec(text)?.[0] ?? null;
}
