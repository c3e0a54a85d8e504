/** Classes of characters, as pieces of patterns with the flag `v`: what a word is made of, for the reference and the engine alike. */
import { invisible } from './fold.ts';

/** Scripts that write no spaces between words. In Unicode U+02BC counts as a letter of Thai, too, and the tilde as one of its marks; in news they are of other scripts. */
export const spaceless = String.raw`[[[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]&&[\p{L}\p{N}\p{M}]]--[ʼ[\p{M}&&\p{sc=Zinh}]]]`;
export const apostrophe = String.raw`['’‘ʼʻ\u0060´＇′]`;
export const letter = String.raw`[\p{L}--[ʼʻ${spaceless}]]`;
/** What a word begins with. */
export const first = String.raw`[[\p{L}\p{N}]--[ʼʻ\u0640${spaceless}]]`;
/** What goes on with it. */
export const next = String.raw`[[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\u0640]--[ʼʻ${spaceless}]]`;
export const marks = String.raw`\p{M}*`;
export const picture = String.raw`[\p{Extended_Pictographic}--[©®™‼⁉\u2139\u2190-\u21ff]]`;
const pictureTail = String.raw`[\ufe0f\p{Emoji_Modifier}\u{e0020}-\u{e007f}]*`;
export const emoji = String.raw`\p{RI}\p{RI}|${picture}${pictureTail}(?:\u200d${picture}${pictureTail})*`;
export const possessive = `(?:${apostrophe}${invisible}*[sS](?!${next}))?`;
/** Dashes and slashes: what they join may also be read as one word. */
export const joiner = String.raw`[\p{Pd}\u2212\/\u2044\u2215]`;
