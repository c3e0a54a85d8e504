/** Character references: `&amp;`, `&#8217;`, `&eacute;`. Decoded once, never expanded: entities of a DTD are nobody's. */
import { Tokenizer } from 'htmlparser2';
import { windows1252Character } from './decode.ts';

export interface Decoded {
  readonly text: string;
  /** False when XML would have refused the text: a bare `&`, an unknown name, a character that may not be. */
  readonly wellFormed: boolean;
}

/** Decodes references of XML and HTML that end in a semicolon; whatever else begins with `&` stays as it is written. */
export function decodeReferences(text: string): Decoded {
  if (!text.includes('&')) return { text, wellFormed: true };
  let wellFormed = true;
  const decoded = text.replace(reference, (written: string, digits?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      const character = namedCharacter(name);
      if (character !== null) return character;
    } else if (digits !== undefined || hex !== undefined) {
      const character = numberedCharacter(digits === undefined ? Number.parseInt(hex!, 16) : Number(digits));
      if (character !== '') return character;
      wellFormed = false;
      return '';
    }
    wellFormed = false;
    return written;
  });
  return { text: decoded, wellFormed };
}

const reference = /&(?:#0*(\d{1,8});|#[xX]0*([0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});|)/g;

/** '' for what may not stand in a text. */
function numberedCharacter(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return windows1252Character(code);
  if (code > 0x10ffff) return '';
  return String.fromCodePoint(code).replace(forbidden, '');
}

/** Characters that XML forbids, and lone surrogates. Tab, line feed and carriage return may stand. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
export const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff\p{Surrogate}]/gu;

const xmlNames: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** By HTML's table of 2,231 names, which htmlparser2 brings along; null for a name that is not in it. */
function namedCharacter(name: string): string | null {
  const known = xmlNames.get(name);
  if (known !== undefined) return known;
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
