/**
 * `watch.yaml` → Config, or every problem of it at once. Runs where the file is checked, synthesized or started locally,
 * never in a Lambda. Each step looks at the file as far as it can be read, so no problem hides another.
 */
import { limits } from '../limits.ts';
import { digestFlaws, idleWarnings } from './check-digests.ts';
import { lineFlaws } from './check-lines.ts';
import { shapeFlaws } from './check-shape.ts';
import { officeWarnings, watchFlaws } from './check-watches.ts';
import type { Config } from './config.ts';
import type { Flaw, Path, Problem } from './problem.ts';
import { isRawMap, rawItems } from './raw.ts';
import { readFeeds } from './read-feeds.ts';
import { noisyFlaws, trialOf } from './trial.ts';
import { configOf, watchOf } from './watch-of.ts';
import { fileShape } from './watch-schema.ts';
import { watchShape } from './watch-shape.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export interface ReadOptions {
  /** How the file is called in problems: `watch.yaml`. */
  readonly file: string;
  /** `YYYY-MM-DD`: the day on which offices are looked at, and examples hold. */
  readonly today: string;
  /** The text of another file, by its path as written (seen from the watch file); null when it cannot be read. */
  readonly readFile: (path: string) => string | null;
}

type Sample = ReadonlyMap<string, readonly string[]>;

export type ReadResult =
  | {
      readonly config: Config;
      readonly warnings: readonly Problem[];
      /** By the id of a watch: which of the sample headlines it finds. */
      readonly sample: Sample;
    }
  /** At least one, in the order of the file. */
  | { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

/** Never throws, whatever the text. */
export function readConfig(text: string, options: ReadOptions): ReadResult {
  if (text.length > limits.watchFileCharsMax) {
    const message = `this file has ${text.length} characters; at most ${limits.watchFileCharsMax} are read`;
    return { problems: [{ file: options.file, line: 1, column: 1, path: '', message }], warnings: [] };
  }
  const source = readYaml(text);
  const file = source.value;
  const { feeds, flaws: feedFlaws } = readFeeds(file, options.readFile);
  const places = [...new Set(feeds.flatMap((feed) => [feed.name, ...feed.tags]))];
  const notRead = fileFlaws(source, text);
  if (notRead.length > 0) return { problems: placed(source, options.file, notRead), warnings: [] };
  const lines = lineFlaws(source).filter(({ path }) => !source.flaws.some((flaw) => isWithin(flaw.path, path)));
  const shape = shapeFlaws(file).filter((flaw) => !isEcho(flaw, [...source.flaws, ...lines], source.flaws));
  const watches = watchFlaws(file, places).filter((flaw) => !isBesideUnknownKey(flaw, shape));
  const digests = digestFlaws(file, source.flaws.length + shape.length > 0 ? text : '');
  const judged = [...lines, ...shape, ...feedFlaws, ...watches, ...digests];
  const flaws = [...source.flaws, ...judged.filter((flaw) => !source.isDisplaced(flaw))];
  const trial = triedOut(source, flaws, options.today);
  flaws.push(...trial.flaws);
  const idle = digestsAreKnown(source, flaws)
    ? idleWarnings(file).filter(({ path }) => !flaws.some((flaw) => isWithin(path, flaw.path)))
    : [];
  const told = { warnings: placed(source, options.file, [...officeWarnings(file, options.today), ...idle]) };
  if (flaws.length > 0) return { problems: placed(source, options.file, flaws), ...told };
  return { config: configOf(fileShape.parse(file), feeds), sample: trial.sample, ...told };
}

/** Whether a shape is only wrong because of what was told of it already, or of what YAML stumbled over beside it. */
function isEcho({ path, message }: Flaw, told: readonly Flaw[], stumbles: readonly Flaw[]): boolean {
  if (told.some((flaw) => flaw.path.length > 0 && isWithin(path, flaw.path))) return true;
  // `watch: Encryption: the law` is told as a colon too many, and not as a map in the place of a text.
  const isInside = (flaw: Flaw) => flaw.path.length === path.length + 1 && isWithin(flaw.path, path);
  if (message.startsWith('must be a text') && stumbles.some(isInside)) return true;
  const missing = message.startsWith('is missing');
  return missing && stumbles.some((flaw) => path.length === 1 || isWithin(flaw.path, path.slice(0, -1)));
}

/** What a watch seems to lack may stand under a key that is misspelt. */
function isBesideUnknownKey({ path, onKey }: Flaw, shape: readonly Flaw[]): boolean {
  const isBeside = (flaw: Flaw) => flaw.path.length === path.length && isWithin(flaw.path, path.slice(0, -1));
  return onKey === true && shape.some((flaw) => flaw.onKey === true && isBeside(flaw));
}

/** Whether the file says for sure which watches its digests have. */
function digestsAreKnown(source: YamlSource, flaws: readonly Flaw[]): boolean {
  const isWrong = flaws.some((flaw) => flaw.path[0] === 'digests' || source.isDisplaced(flaw));
  return !isWrong && rawItems(source.value, ['digests']).length > 0;
}

/** A file that is no watch file at all is told as that, and not as the absence of each section. */
function fileFlaws(source: YamlSource, text: string): Flaw[] {
  const conflict = /^(?:<{7}|>{7}) .*$/m.exec(text);
  if (conflict !== null) {
    const message =
      'Git could not join two versions of this file and left both: keep one of them, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>';
    return [{ path: [], offset: conflict.index, message }];
  }
  if (isRawMap(source.value) || source.flaws.length > 0) return [];
  const what = source.value === null ? 'is empty' : 'has no sections';
  return [
    {
      path: [],
      message: `this file ${what}; it needs deliver:, feeds:, watches: and digests:, see the starter watch.yaml`,
    },
  ];
}

/** Examples and noise of each watch that is free of flaws so far, whatever became of the others. */
function triedOut(source: YamlSource, flaws: readonly Flaw[], today: string): { flaws: Flaw[]; sample: Sample } {
  const lists = fileShape.shape.lists.safeParse(isRawMap(source.value) ? (source.value.lists ?? undefined) : undefined);
  const sound = (path: Path) => !flaws.some((flaw) => isWithin(flaw.path, path));
  if (!lists.success || !sound(['lists'])) return { flaws: [], sample: new Map() };
  const tried = rawItems(source.value, ['watches']).flatMap(({ item, path }) => {
    const entry = watchShape.safeParse(item);
    return entry.success && sound(path) ? [{ watch: watchOf(entry.data, lists.data ?? {}), path }] : [];
  });
  const trial = trialOf(
    tried.map(({ watch }) => watch),
    today,
  );
  const found = tried.flatMap(({ watch, path }, number) => [
    ...trial.exampleFlaws(number, path),
    ...noisyFlaws(watch, path, trial.sample(number)),
  ]);
  const sample = new Map(tried.map(({ watch }, number) => [watch.id, trial.sample(number)]));
  return { flaws: found, sample };
}

function isWithin(path: Path, around: Path): boolean {
  return around.every((step, at) => path[at] === step);
}

/** As far as it can be relied on: not behind lines in a wrong column, nor for a key that YAML made of half a line. */
function shownPath(source: YamlSource, flaw: Flaw): string {
  const path = source.isDisplaced(flaw) ? flaw.path.slice(0, 1) : flaw.path;
  const odd = path.findIndex((step) => typeof step === 'string' && /:|\n/.test(step));
  return (odd === -1 ? path : path.slice(0, odd)).join('.');
}

/** In the order of the file; what is said twice of one place is told once. */
function placed(source: YamlSource, file: string, flaws: readonly Flaw[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const flaw of flaws) {
    const { line, column } = source.place(flaw);
    const message = flaw.message.replace(/\s+/g, ' ');
    problems.set(`${line}:${column} ${message}`, { file, line, column, path: shownPath(source, flaw), message });
  }
  return [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
