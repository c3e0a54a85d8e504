/**
 * Stands in a rendered issue where the reader's own link belongs: an issue is rendered once, the link is put in for each.
 * It holds control characters, which never come through the door of `mail-text.ts`: no feed can write it.
 */
export const UNSUBSCRIBE_MARK = '\u0002unsubscribe\u0003';
