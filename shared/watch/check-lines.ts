/** Each line of the file by itself: is it text, is it a term, does it mean what its author thinks it means? */
import { didYouMean, nearest } from './nearest.ts';
import { titles } from './person.ts';
import type { Flaw, Path } from './problem.ts';
import { isRawMap, rawAt, rawItems, rawText } from './raw.ts';
import { searchSyntax } from './search-syntax.ts';
import { strangersIn } from './strangers.ts';
import { parseTerm, suspicions } from './term.ts';
import { hasGroup, lineGroups, personPaths } from './watch-lines.ts';
import type { Raw, YamlSource } from './yaml-source.ts';

/** What YAML outside of this file would not read as text (1.1 and 1.2): numbers, booleans, null, days and times. */
const eaten =
  /^(~|null|true|false|y|yes|n|no|on|off|[-+]?(\d[\d_]*\.?[\d_]*|\.\d+)(e[-+]?\d+)?|0x[\da-f]+|0o?[0-7]+|[-+]?\.inf|\.nan|\d{4}-\d\d?-\d\d?|\d+(:\d\d)+)$/i;

/** The flaws of all lines: of lists, of every group of every watch, of names that are looked for. */
export function lineFlaws(source: YamlSource): Flaw[] {
  const file = source.value;
  const flaws: Flaw[] = [];
  const lists = rawAt(file, ['lists']);
  const listNames = isRawMap(lists) ? Object.keys(lists) : [];
  for (const name of listNames) {
    for (const { item, path } of rawItems(file, ['lists', name])) flaws.push(...itemFlaws(source, item, path, null));
  }
  for (const { path: watch } of rawItems(file, ['watches'])) {
    for (const group of lineGroups(file, watch)) {
      for (const { item, path } of rawItems(file, group.path)) flaws.push(...itemFlaws(source, item, path, listNames));
    }
    for (const person of personPaths(file, watch)) flaws.push(...nameFlaws(source, [...person, 'name']));
    const name = rawText(file, [...watch, 'watch']);
    if (name !== null && !hasGroup(file, watch)) flaws.push(...lineFlaw(source, name, [...watch, 'watch']));
  }
  return flaws;
}

/** @param lists names of lists that may stand here; null where none may */
function itemFlaws(source: YamlSource, item: Raw, path: Path, lists: readonly string[] | null): Flaw[] {
  if (typeof item === 'string') return lineFlaw(source, item, path);
  if (item === null)
    return [{ path, message: 'there is no text after this dash or comma; write a line, or remove it' }];
  if (!isRawMap(item))
    return [{ path, message: 'groups go two deep at most: a list of lists of lines; take this list apart' }];
  const [key = '', ...more] = Object.keys(item);
  const value = item[key] ?? null;
  if (key === 'list' && more.length === 0) {
    if (lists === null) return [{ path, message: 'a list cannot hold another list; write its lines out' }];
    if (typeof value !== 'string' || lists.includes(value)) return [];
    return [{ path: [...path, 'list'], message: `there is no list "${value}"; ${didYouMean(value, lists, 'lists')}` }];
  }
  if (typeof value === 'string' && lists?.includes(value) && nearest(key, ['list']) !== null && more.length === 0) {
    return [
      { path: [...path, key], onKey: true, message: `"${key}" is not a key that is known here; did you mean "list"?` },
    ];
  }
  const written = Object.entries(item).map(([word, rest]) => `${word}: ${typeof rest === 'string' ? rest : ''}`.trim());
  const text = written.join(', ');
  return [{ path, message: `YAML reads ${text} as a key with a value; put the text in quotes: "${text}"` }];
}

function lineFlaw(source: YamlSource, text: string, path: Path): Flaw[] {
  if (text === '') return [];
  const search = searchSyntax(text);
  if (search !== null) return [{ path, message: search }];
  const parsed = parseTerm(text);
  if ('problem' in parsed) return [{ path, message: parsed.problem }];
  const doubts = [...suspicions(text), strangersIn(text)].filter((message) => message !== null);
  if (doubts.length > 0) return doubts.map((message) => ({ path, message }));
  if (!source.plain(path) || !eaten.test(text)) return [];
  return [{ path, message: `YAML reads ${text} as a number, a day, yes, no or nothing; put it in quotes: "${text}"` }];
}

/** A title before a name of two words or more; a peer is often known by the title and one name. */
const titled = new RegExp(
  `^((?:(?:${[...titles, 'prof', 'professor', 'rev', 'reverend', 'rt hon'].join('|')})\\.?\\s+)+)(\\S+\\s+\\S.*)$`,
  'i',
);

/** A name is looked for as it stands: marks of the language would make it something else. */
function nameFlaws(source: YamlSource, path: Path): Flaw[] {
  const name = rawText(source.value, path);
  if (name === null) return [];
  if (/^=|[~*]/.test(name)) {
    return [
      {
        path,
        message: `"${name}" is a name: write it without ${/[=~*]/.exec(name)?.[0]}; names are found as they are`,
      },
    ];
  }
  const [, title, untitled] = titled.exec(name) ?? [];
  if (title !== undefined) {
    const message = `"${name}" is found only with ${title} before it; write the name without the title: ${untitled}`;
    return [{ path, message }];
  }
  return lineFlaw(source, name, path);
}
