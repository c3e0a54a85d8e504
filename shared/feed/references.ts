/**
 * References: `&amp;`, `&#8217;`, `&eacute;`. Decoded once and never expanded: of the entities that a document defines
 * only those count that stand for a short text with no reference in it, and no file is ever read for one.
 */
import { Tokenizer } from 'htmlparser2';
import { limits } from '../limits.ts';
import { windows1252Character, withoutForbidden } from './characters.ts';

export interface Decoded {
  readonly text: string;
  /** False when XML would have refused the text: a bare `&`, an unknown name, a character that may not be. */
  readonly wellFormed: boolean;
}

/** Texts by the names that the document gave them. */
export type OwnEntities = ReadonlyMap<string, string>;

const noEntities: OwnEntities = new Map();

/** @param prolog what stands before the root element */
export function ownEntities(prolog: string): OwnEntities {
  if (!prolog.includes('<!ENTITY')) return noEntities;
  const found = new Map<string, string>();
  for (const [, name, double, single] of prolog.matchAll(entityForm)) {
    const text = double ?? single ?? '';
    if (found.size === limits.ownEntitiesMax) break;
    if (text.length <= limits.ownEntityCharsMax && !found.has(name!)) found.set(name!, text);
  }
  return found;
}

/** Neither parameter entities, nor external ones, nor any that holds a reference or a tag. */
const entityForm = /<!ENTITY\s+([A-Za-z][\w.-]*)\s+(?:"([^"&<%]*)"|'([^'&<%]*)')\s*>/g;

/** Decodes references of XML and HTML that end in a semicolon; whatever else begins with `&` stays as it is written. */
export function decodeReferences(text: string, own: OwnEntities = noEntities): Decoded {
  let at = text.indexOf('&');
  if (at < 0) return { text, wellFormed: true };
  let wellFormed = true;
  let hasHalves = false;
  let decoded = '';
  let from = 0;
  for (; at >= 0; at = text.indexOf('&', Math.max(from, at + 1))) {
    reference.lastIndex = at;
    const found = reference.exec(text);
    const character = found === null ? null : meaningOf(found, own);
    if (!character) wellFormed = false;
    if (found === null || character === null) continue;
    if (character.length === 1 && !character.isWellFormed()) hasHalves = true;
    decoded += text.slice(from, at) + character;
    from = reference.lastIndex;
  }
  const whole = decoded + text.slice(from);
  if (!hasHalves) return { text: whole, wellFormed };
  return { text: withoutForbidden(whole), wellFormed: false };
}

const reference = /&(?:#0*(\d{1,8})|#[xX]0*([0-9a-fA-F]{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));/y;

/** Null for a name that nobody knows, '' for what may not stand in a text. */
function meaningOf([, digits, hex, name]: RegExpExecArray, own: OwnEntities): string | null {
  if (name !== undefined) return own.get(name) ?? namedCharacter(name);
  return numberedCharacter(digits === undefined ? Number.parseInt(hex!, 16) : Number(digits));
}

/** '' for what may not stand in a text. */
function numberedCharacter(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return windows1252Character(code);
  if (code > 0x10ffff) return '';
  // Not allowed, but two of them beside each other are how some programs write an emoji.
  if (code >= 0xd800 && code <= 0xdfff) return String.fromCharCode(code);
  return withoutForbidden(String.fromCodePoint(code));
}

const xmlNames: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Names looked up before: at most all of HTML's. */
const namesMet = new Map<string, string>(xmlNames);

/** By HTML's table of 2,231 names, which htmlparser2 brings along; null for a name that is not in it. */
function namedCharacter(name: string): string | null {
  const met = namesMet.get(name);
  if (met !== undefined) return met;
  const found = lookedUp(name);
  if (found !== null) namesMet.set(name, found);
  return found;
}

function lookedUp(name: string): string | null {
  let characters = '';
  let rest = '';
  const written = `&${name};`;
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...ignoring,
      ontextentity: (code) => {
        characters += String.fromCodePoint(code);
      },
      ontext: (start, end) => {
        rest += written.slice(start, end);
      },
    },
  );
  tokenizer.write(written);
  tokenizer.end();
  return rest === '' && characters !== '' ? characters : null;
}

const nothing = (): void => {};

/** Callbacks for a Tokenizer of which only a few events matter. */
export const ignoring = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};
