/** Each watch as a whole: can it match at all, would it match everything, does it name what is there? */
import { limits } from '../limits.ts';
import { didYouMean } from './nearest.ts';
import type { Flaw, Path } from './problem.ts';
import { rawAt, rawItems, rawText } from './raw.ts';
import { hasGroup, type Line, lineGroups, linesOf } from './watch-lines.ts';
import type { Raw } from './yaml-source.ts';

/** @param places names and tags of the feeds of this file */
export function watchFlaws(file: Raw, places: readonly string[]): Flaw[] {
  return rawItems(file, ['watches']).flatMap(({ path }) => [
    ...groupFlaws(file, path),
    ...(lineCount(file, path) > limits.linesPerWatchMax ? [] : contradictions(file, path)),
    ...holderFlaws(file, path),
    ...rawItems(file, [...path, 'feeds']).flatMap(({ item, path: at }) =>
      typeof item !== 'string' || places.includes(item)
        ? []
        : [
            {
              path: at,
              message: `no feed has the name or tag "${item}"; ${didYouMean(item, places, 'names and tags')}`,
            },
          ],
    ),
  ]);
}

function groupFlaws(file: Raw, watch: Path): Flaw[] {
  const flaws: Flaw[] = [];
  if (!hasGroup(file, watch) && rawAt(file, [...watch, 'none']) !== null) {
    const name = rawText(file, [...watch, 'watch']) ?? 'Encryption';
    const message = `none alone would find nearly everything; say what is looked for, such as any: [${name}]`;
    flaws.push({ path: [...watch, 'none'], onKey: true, message });
  }
  const lines = lineCount(file, watch);
  if (lines > limits.linesPerWatchMax) {
    const message = `this watch has ${lines} lines; at most ${limits.linesPerWatchMax} are allowed, make two watches of it`;
    flaws.push({ path: watch, message });
  }
  const count = Number(rawText(file, [...watch, 'at_least', 'count']) ?? Number.NaN);
  const of = linesOf(file, [...watch, 'at_least', 'of']).length;
  if (of > 0 && count > of && count <= limits.linesPerWatchMax) {
    const message = `${count} of ${of} lines can never occur; write ${of} or less`;
    flaws.push({ path: [...watch, 'at_least', 'count'], message });
  }
  return flaws;
}

function lineCount(file: Raw, watch: Path): number {
  return lineGroups(file, watch).reduce((sum, group) => sum + linesOf(file, group.path).length, 0);
}

/** Lines of `none` that leave nothing to find. */
function contradictions(file: Raw, watch: Path): Flaw[] {
  const any = linesOf(file, [...watch, 'any']);
  const required = lineGroups(file, watch).filter(({ kind }) => kind === 'all' || kind === 'near');
  return linesOf(file, [...watch, 'none']).flatMap(({ source, path }): Flaw[] => {
    const said = `"${source}" under none`;
    if (any.length > 0 && any.every((line) => isInside(source, line.source))) {
      return [
        {
          path,
          message: `${said} is part of every line under any, so nearly nothing is left to find; make it longer, or remove it`,
        },
      ];
    }
    const group = required.find((each) => same(linesOf(file, each.path), source) !== undefined);
    const twin = same(any, source) ?? (group === undefined ? undefined : same(linesOf(file, group.path), source));
    if (twin === undefined) return [];
    return [
      {
        path,
        message: `${said} also stands under ${group?.kind ?? 'any'}, so it can never match there; remove one of the two`,
      },
    ];
  });
}

const same = (lines: readonly Line[], source: string) => lines.find((line) => spelled(line.source) === spelled(source));
const spelled = (source: string) => (isExact(source) ? source : wordsIn(source).join(' '));
const isExact = (source: string) => /^=|^\P{Ll}*\p{Lu}\P{Ll}*\p{Lu}\P{Ll}*$/u.test(source);

/** Whether one line stands, word for word, in another. A line whose capitals count is only in one with the same capitals. */
function isInside(inner: string, outer: string): boolean {
  if (isExact(inner) && !outer.includes(inner.replace(/^=/, ''))) return false;
  return ` ${wordsIn(outer).join(' ')} `.includes(` ${wordsIn(inner).join(' ')} `);
}

function wordsIn(source: string): string[] {
  return source
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Holders of an office: each day belongs to one at most. Days as text compare as they should. */
function holderFlaws(file: Raw, watch: Path): Flaw[] {
  const flaws: Flaw[] = [];
  const terms = rawItems(file, [...watch, 'office', 'holders']).map(({ path }) => ({
    path,
    name: rawText(file, [...path, 'name']) ?? 'this holder',
    from: rawText(file, [...path, 'from']) ?? '0000-01-01',
    to: rawText(file, [...path, 'to']) ?? '9999-12-31',
  }));
  for (const [at, term] of terms.entries()) {
    if (term.from > term.to) {
      flaws.push({
        path: [...term.path, 'to'],
        message: `${term.name} ends on ${term.to}, before the beginning on ${term.from}; exchange the two`,
      });
      continue;
    }
    const other = terms
      .slice(0, at)
      .find((before) => before.from <= before.to && before.from <= term.to && term.from <= before.to);
    if (other === undefined) continue;
    const day = term.from > other.from ? term.from : other.from;
    flaws.push({
      path: term.path,
      message: `${term.name} and ${other.name} both hold the office on ${day}; end one before the other begins`,
    });
  }
  return flaws;
}

/** Offices that nobody holds on this day, as far as the file says: they are found by their titles alone. */
export function officeWarnings(file: Raw, today: string): Flaw[] {
  return rawItems(file, ['watches']).flatMap(({ path }) => {
    const holders = rawItems(file, [...path, 'office', 'holders']);
    const held = holders.some(
      ({ path: at }) =>
        (rawText(file, [...at, 'from']) ?? '') <= today && today <= (rawText(file, [...at, 'to']) ?? '9999-12-31'),
    );
    if (holders.length === 0 || held) return [];
    const message = `nobody holds this office on ${today}; add who does now, until then only its titles are found`;
    return [{ path: [...path, 'office', 'holders'], onKey: true, message }];
  });
}
