/** Digests, and names: everything that is named is there once, and everything that is there is named. */
import { didYouMean } from './nearest.ts';
import type { Flaw, Path } from './problem.ts';
import { rawItems, rawText } from './raw.ts';
import { parseWhen } from './when.ts';
import type { Raw } from './yaml-source.ts';

/** @param unread the text of a file that could not be read as it is: its watches are still written there; '' else */
export function digestFlaws(file: Raw, unread: string): Flaw[] {
  const watches = namesOf(file, 'watches', 'watch').map(({ name }) => name);
  const written = writtenWatches(unread);
  return [
    ...twins(namesOf(file, 'watches', 'watch'), 'watches'),
    ...twins(namesOf(file, 'digests', 'digest'), 'digests'),
    ...formerNames(file),
    ...rawItems(file, ['digests']).flatMap(({ path }) => [
      ...watchNames(file, path, watches, written),
      ...twins(texts(file, [...path, 'to']), 'addresses'),
      ...emptyFlaws(file, path),
    ]),
  ];
}

/** Watches that no digest names: their hits are kept, and nobody is told. */
export function idleWarnings(file: Raw): Flaw[] {
  const named = new Set(
    rawItems(file, ['digests']).flatMap(({ path }) => texts(file, [...path, 'watches']).map(({ name }) => name)),
  );
  return namesOf(file, 'watches', 'watch')
    .filter(({ name }) => !named.has(name))
    .map(({ name, path }) => ({ path, message: `no digest has "${name}"; nobody will be told of what it finds` }));
}

interface Named {
  readonly name: string;
  readonly path: Path;
}

function namesOf(file: Raw, section: string, key: string): Named[] {
  return rawItems(file, [section]).flatMap(({ path }) => {
    const name = rawText(file, [...path, key]);
    return name === null ? [] : [{ name, path: [...path, key] }];
  });
}

function texts(file: Raw, path: Path): Named[] {
  return rawItems(file, path).flatMap(({ item, path: at }) =>
    typeof item === 'string' ? [{ name: item, path: at }] : [],
  );
}

function twins(all: readonly Named[], what: string): Flaw[] {
  const seen = new Set<string>();
  return all.flatMap(({ name, path }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path, message: `two ${what} are called "${name}"; remove one, or give it another name` }];
  });
}

/** A name that a digest had is nobody else's, now or before: by its first name a digest is known to the tables. */
function formerNames(file: Raw): Flaw[] {
  const present = new Map(namesOf(file, 'digests', 'digest').map(({ name, path }) => [name, path[1]]));
  const seen = new Map<string, Path[number] | undefined>();
  return rawItems(file, ['digests']).flatMap(({ path: digest }) => {
    const one = rawText(file, [...digest, 'was']);
    const former = one === null ? texts(file, [...digest, 'was']) : [{ name: one, path: [...digest, 'was'] }];
    return former.flatMap(({ name, path }) => {
      const home = present.get(name);
      if (home !== undefined) {
        const message =
          home === path[1]
            ? `this digest is still called "${name}"; remove it from was`
            : `there is a digest called "${name}" in this file; a digest can only have been what no other is`;
        return [{ path, message }];
      }
      if (!seen.has(name)) {
        seen.set(name, path[1]);
        return [];
      }
      const message =
        seen.get(name) === path[1]
          ? `"${name}" is named twice; name each former name once`
          : `two digests say that they were "${name}"; only one can go on with what it had`;
      return [{ path, message }];
    });
  });
}

function watchNames(file: Raw, digest: Path, watches: readonly string[], written: readonly string[]): Flaw[] {
  const listed = texts(file, [...digest, 'watches']);
  const there = new Set(watches);
  const unknown = listed.filter(({ name }) => !there.has(name) && !written.some((rest) => rest.startsWith(name)));
  return [
    ...unknown.map(({ name, path }) => ({
      path,
      message: `there is no watch "${name}"; ${didYouMean(name, watches, 'watches')}`,
    })),
    ...twins(
      listed.filter(({ name }) => there.has(name)),
      'entries of this digest',
    ),
  ];
}

/** What stands behind each `watch:` of a text, whatever is wrong around it; comments are left out. */
function writtenWatches(text: string): string[] {
  return [...text.matchAll(/^(?:[^#\n]*[ {])?watch: *["'“”„‘’]?(.*)$/gm)].map(([, rest = '']) => rest);
}

function emptyFlaws(file: Raw, digest: Path): Flaw[] {
  const when = parseWhen(rawText(file, [...digest, 'when']) ?? '');
  const atOnce = 'schedule' in when && when.schedule.kind === 'at once';
  if (!atOnce || rawText(file, [...digest, 'empty']) !== 'send') return [];
  const message = 'at once with empty: send would mail every five minutes; write empty: skip, or a time of day';
  return [{ path: [...digest, 'empty'], message }];
}
