/** The rules of the house, held by a test: which room may import which, where effects are, and how files are named. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rooms of `shared/` in the order of imports: a file imports from its own room or one further up. */
const rooms = [
  '', // the files that stand in shared/ itself, but for the world
  'feed',
  'watch',
  'article',
  'poll',
  'digest',
  'delivery',
  'pages',
  'world',
  'fetch',
  'store',
  'mail',
  'aws',
];
const pureRooms = rooms.slice(0, rooms.indexOf('world'));

/** Which file alone may import a package: one door a dependency. */
const doors: Readonly<Record<string, readonly string[]>> = {
  'rss-parser': ['shared/feed/'],
  '@mozilla/readability': ['shared/article/article.ts'],
  yaml: ['shared/watch/'],
  zod: ['shared/watch/'],
  'temporal-polyfill': ['shared/digest/slot.ts'],
  'ipaddr.js': ['shared/fetch/address.ts'],
  nodemailer: ['shared/mail/', 'infra/local/'],
  dynalite: ['infra/local/dynamodb.ts'],
  fauxqs: ['infra/local/sqs.ts'],
  croner: ['infra/local/real-time.ts'],
  echarts: ['infra/local/operator/chart.ts'],
  feed: ['infra/local/operator/hits-feed.ts'],
  'postal-mime': ['infra/local/operator/stored-message.ts'],
  '@aws-lambda-powertools/logger': ['shared/aws/log.ts'],
};

const sources = ['shared', 'functions', 'infra'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => join(folder, path)),
);
const textOf = (path: string) => readFileSync(path, 'utf8');
const codeOf = (path: string) => textOf(path).replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{(,])\/\/.*$/gm, '');

function importsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm)].map(
    (found) => found[1] ?? found[2] ?? '',
  );
}

function roomOf(path: string): string {
  if (path === join('shared', 'world.ts')) return 'world';
  const [, room = '', ...rest] = path.split('/');
  return rest.length === 0 ? '' : room;
}

const problems = (check: (path: string) => readonly string[]) =>
  sources.flatMap((path) => check(path).map((problem) => `${path}: ${problem}`));

describe('the house', () => {
  it('has the sources that these rules are about', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(200);
  });

  it('imports from the own room or one above it', () => {
    const found = problems((path) =>
      importsOf(path)
        .filter((target) => target.startsWith('.'))
        .map((target) => normalize(join(dirname(path), target)))
        .filter((target) => {
          if (path.startsWith('infra/')) return false;
          if (path.startsWith('functions/')) return target.startsWith('infra/');
          return !target.startsWith('shared/') || rooms.indexOf(roomOf(target)) > rooms.indexOf(roomOf(path));
        })
        .map((target) => `imports ${target}`),
    );
    expect(found).toEqual([]);
  });

  it('knows every room', () => {
    expect(sources.filter((path) => path.startsWith('shared/') && !rooms.includes(roomOf(path)))).toEqual([]);
  });

  it('has no effects and nothing async in pure rooms', () => {
    const effects =
      /\bDate\.now\b|new Date\(\)|Math\.random|\bset(?:Timeout|Interval|Immediate)\b|\bfetch\(|\bconsole\.|performance\.now|\bawait\b|\basync\b|from 'node:(?!crypto|buffer|zlib|url|net')/g;
    const found = problems((path) => {
      if (!path.startsWith('shared/') || !pureRooms.includes(roomOf(path))) return [];
      return codeOf(path).match(effects) ?? [];
    });
    expect(found).toEqual([]);
  });

  it('reads the environment in one file', () => {
    const found = problems((path) =>
      path === join('shared', 'settings.ts') || path.startsWith('infra/local/')
        ? []
        : (codeOf(path).match(/process\.env/g) ?? []),
    );
    expect(found).toEqual([]);
  });

  it('reads the clock, draws lots and sleeps nowhere but where the outside begins', () => {
    const found = problems((path) => {
      const outside = [
        'functions/aws-worlds.ts',
        'infra/aws/app.ts',
        'infra/aws/deploy.ts',
        ...['http', 'line', 'pace'].map((name) => `shared/fetch/${name}.ts`),
      ];
      if (path.startsWith('infra/local/') || outside.includes(path)) return [];
      return (
        codeOf(path).match(
          /\bDate\.now\b|new Date\(\)|Math\.random|\bset(?:Timeout|Interval)\b|randomUUID|randomBytes/g,
        ) ?? []
      );
    });
    expect(found).toEqual([]);
  });

  it('opens sockets to publishers in one module', () => {
    // Types say nothing on the wire, and neither do the names of status codes.
    const harmless = /^import type .*$|^import \{ STATUS_CODES \} .*$/gm;
    const sockets =
      /(?:from |import |import\(|require\()'(?:node:)?(?:https?|http2|net|tls|dns|dgram|dns\/promises|child_process|undici)'|\bfetch\(|\bWebSocket\b|\bEventSource\b|\bparseURL\b/g;
    const found = problems((path) =>
      path.startsWith('infra/local/') || path === 'infra/aws/deploy.ts'
        ? []
        : (codeOf(path).replace(harmless, '').match(sockets) ?? []),
    );
    expect(found.filter((problem) => !problem.startsWith('shared/fetch/http.ts: '))).toEqual([]);
    expect(found.length).toBeGreaterThan(4);
  });

  it('imports the AWS SDK in one room, and each other package through its door', () => {
    const found = problems((path) =>
      importsOf(path).filter((target) => {
        if (target.startsWith('@aws-sdk/')) return !path.startsWith('shared/aws/');
        const allowed = Object.entries(doors).find(([name]) => target === name || target.startsWith(`${name}/`))?.[1];
        return allowed !== undefined && !allowed.some((door) => path.startsWith(door));
      }),
    );
    expect(found).toEqual([]);
  });

  it('names files for what they hold', () => {
    const vague = /^(?:utils?|helpers?|common|misc|types?|interfaces?|constants?|service|manager|index)\b/;
    expect(problems((path) => (vague.test(basename(path)) ? ['vague name'] : []))).toEqual([]);
    expect(problems((path) => (/^[a-z0-9.-]+$/.test(basename(path)) ? [] : ['not kebab-case']))).toEqual([]);
  });

  it('opens every file with what it is for', () => {
    expect(problems((path) => (/^(?:#!.*\n)?\/\*\*/.test(textOf(path)) ? [] : ['no opening comment']))).toEqual([]);
  });

  it('keeps files to one idea', () => {
    const lists: ReadonlySet<string> = new Set(['sample-headlines.ts', 'limits.ts']); // one idea, however long
    const long = problems((path) => {
      const lines = textOf(path).split('\n').length;
      return lines > 260 && !lists.has(basename(path)) ? [`${lines} lines`] : [];
    });
    expect(long).toEqual([]);
  });
});
