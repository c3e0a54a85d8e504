/**
 * Two words are looked through, in lines and texts alike, so that neighbours stay neighbours: `and`, which may be written
 * `&`, and `s`, which may be a possessive.
 */
import { hashesOf } from './word-hash.ts';

export const lookedThroughAnd = hashesOf('and')?.[0] ?? 0;
export const lookedThroughOwner = hashesOf('s')?.[0] ?? 0;

export const isLookedThrough = (hash: number): boolean => hash === lookedThroughAnd || hash === lookedThroughOwner;
