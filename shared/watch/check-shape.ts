/** Where the file's shape differs from `watch-schema.ts`: unknown and missing keys, a list in the place of a text. */
import { stringify } from 'yaml';
import type { z } from 'zod';
import { limits } from '../limits.ts';
import { didYouMean } from './nearest.ts';
import type { Flaw, Path } from './problem.ts';
import { signName, unseenIn } from './unseen.ts';
import { fileShape, watchSchema } from './watch-schema.ts';
import type { Raw } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** The parts of a JSON Schema that sentences are made from. */
interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly examples?: readonly unknown[];
}

/** Every difference, one a place: a key that is both missing and written wrongly is told once. */
export function shapeFlaws(value: Raw): Flaw[] {
  const parsed = fileShape.safeParse(value, { reportInput: true });
  if (parsed.success) return [];
  const schema = watchSchema() as Node;
  const told = new Map<string, Flaw>();
  const meant = new Set<string>();
  for (const flaw of parsed.error.issues.flatMap((issue) => flawsOf(issue, [], schema))) {
    const place = JSON.stringify(flaw.path);
    if (!told.has(place)) told.set(place, flaw);
    const near = flaw.onKey === true ? meantKey.exec(flaw.message)?.[1] : undefined;
    if (near !== undefined) meant.add(JSON.stringify([...flaw.path.slice(0, -1), near]));
  }
  return [...told]
    .filter(([place, { message }]) => !(meant.has(place) && message.startsWith('is missing')))
    .map(([, flaw]) => flaw);
}

function flawsOf(issue: Issue, above: Path, schema: Node): Flaw[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const nodes = nodesAt(schema, path);
  const example = exampleOf(nodes, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = nodes.flatMap((node) => Object.keys(node.properties ?? {}));
      return issue.keys.map((key) => ({
        path: [...path, key],
        onKey: true,
        message: keySentence(key, [...new Set(known)]),
      }));
    }
    case 'invalid_union':
      return branchOf(issue).flatMap((inner) => flawsOf(inner, path, schema));
    case 'invalid_type':
      return [{ path, message: typeSentence(issue, example) }];
    case 'too_small':
      if (issue.origin === 'number') return [{ path, message: rangeSentence(issue.input, nodes) }];
      if (Number(issue.minimum) > 1)
        return [{ path, message: `needs at least ${issue.minimum} groups; a single one belongs under any` }];
      return [{ path, message: `is empty; ${example}` }];
    case 'too_big':
      if (issue.origin === 'number') return [{ path, message: rangeSentence(issue.input, nodes) }];
      return [{ path, message: `has more than ${issue.maximum} entries, which is the most; ${fewer(path)}` }];
    case 'invalid_value':
      return [{ path, message: valueSentence(issue, nodes) }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** Of the alternatives the one that was most likely meant: the right kind of value, and the fewest faults. */
function branchOf(issue: Issue & { code: 'invalid_union' }): readonly Issue[] {
  const faults = (branch: readonly Issue[]) =>
    branch.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'))
      ? limits.watchFileCharsMax
      : branch.length;
  return [...issue.errors].sort((a, b) => faults(a) - faults(b))[0] ?? [];
}

/** The known key that a sentence about an unknown one names. */
const meantKey = /(?:did you mean "|\) at "|after the colon: )(\w+)/;

function keySentence(key: string, known: readonly string[]): string {
  const unseen = unseenIn(key);
  if (unseen !== null) {
    return `there is ${signName(unseen)} at ${JSON.stringify(key.replace(unseen, '').trim())}, which looks like a space or like nothing; type the start of this line again by hand`;
  }
  const [, stuck = '', value] = /^([a-z_]+):(\S.*)$/s.exec(key) ?? [];
  if (known.includes(stuck)) return `put a space after the colon: ${stuck}: ${value}`;
  return `${JSON.stringify(key)} is not a key that is known here; ${didYouMean(key, known, 'keys')}`;
}

/** What to do about a list that is too long: one file is all there is. */
function fewer(path: Path): string {
  switch (path.at(-1)) {
    case 'watches':
      return 'put lines that belong together into one watch';
    case 'digests':
      return 'put watches for the same readers into one digest';
    case 'to':
      return 'name the address of one mailing list, or let readers subscribe';
    default:
      return 'remove some';
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list in [ ], or with a - before each line',
  object: 'keys with values',
  record: 'names with lists',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
};

function typeSentence(issue: Issue & { code: 'invalid_type' }, example: string): string {
  if (issue.input === undefined) return `is missing; ${example}`;
  if (issue.input === null) return `has no value; ${example}`;
  return `must be ${kinds[issue.expected] ?? issue.expected}; ${example}`;
}

function valueSentence(issue: Issue, nodes: readonly Node[]): string {
  const known = nodes.flatMap((node) => node.enum ?? (node.const === undefined ? [] : [node.const]));
  if (issue.input === undefined || issue.input === null) return `has no value; write ${known.join(' or ')}`;
  if (typeof issue.input !== 'string') return `must be ${known.join(' or ')}`;
  return `${JSON.stringify(issue.input)} is not known here; write ${known.join(' or ')}`;
}

function rangeSentence(input: unknown, nodes: readonly (Node & { minimum?: number; maximum?: number })[]): string {
  const range = nodes.find((node) => node.maximum !== undefined);
  return `${String(input)} is out of range; write ${range?.minimum} to ${range?.maximum}`;
}

/** `write for example when: every weekday at 07:00` */
function exampleOf(nodes: readonly Node[], path: Path): string {
  const value = nodes.find((node) => node.examples !== undefined)?.examples?.[0];
  if (value === undefined) return 'see the starter file for an example';
  const key = path.at(-1);
  const written = typeof key === 'string' ? { [key]: value } : [value];
  const flow = stringify(written, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();
  return `write for example ${flow.slice(1, -1)}`;
}

/** What the schema says of a path, all alternatives. */
function nodesAt(schema: Node, path: Path): readonly Node[] {
  const open = (node: Node): Node[] => [node, ...(node.anyOf ?? []).flatMap(open)];
  let nodes = open(schema);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const named = typeof step === 'string' && node.properties !== undefined && Object.hasOwn(node.properties, step);
      const other = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
      const next = typeof step === 'number' ? node.items : named ? node.properties?.[step] : other;
      return next === undefined ? [] : open(next);
    });
  }
  return nodes;
}
