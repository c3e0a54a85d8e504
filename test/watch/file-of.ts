/** Small watch files for tests: the sections under test first, so that their lines are easy to count. */
import { problemLine } from '../../shared/watch/problem.ts';
import { type ReadResult, readConfig } from '../../shared/watch/read-config.ts';

const sections = {
  deliver: 'deliver: {from: alerts@example.org, zone: Europe/London}',
  feeds: 'feeds: [{url: https://www.example.org/feed.xml, name: Example News, tags: [press]}]',
  watches: 'watches: [{watch: Padlocks}]',
  digests: 'digests: [{digest: Brief, watches: [Padlocks], when: every day at 07:00}]',
};

/** A file without mistakes, in which these sections stand for the usual ones (or beside them). */
export function fileOf(changed: Readonly<Record<string, string>>): string {
  const rest = Object.entries(sections).flatMap(([name, text]) => (name in changed ? [] : [text]));
  return `${[...Object.values(changed), ...rest].join('\n')}\n`;
}

/** A file whose only watch has these keys; they begin in the third line, fifth column. */
export function watchFile(...lines: readonly string[]): string {
  return fileOf({ watches: ['watches:', '  - watch: Padlocks', ...lines.map((line) => `    ${line}`)].join('\n') });
}

export function read(text: string, files: Readonly<Record<string, string>> = {}): ReadResult {
  const readFile = (path: string) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null);
  return readConfig(text, { file: 'watch.yaml', today: '2026-11-23', readFile });
}

/** `3:10: watches.0.any.0: …`, in order. */
export function problemsOf(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const result = read(text, files);
  return 'problems' in result ? result.problems.map((problem) => problemLine(problem).replace('watch.yaml:', '')) : [];
}

export function warningsOf(text: string): string[] {
  return read(text).warnings.map((warning) => problemLine(warning).replace('watch.yaml:', ''));
}
