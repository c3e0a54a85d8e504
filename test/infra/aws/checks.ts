/**
 * What must hold of a template that neither CloudFormation's validation nor cdk-nag looks at. Each check is a function over
 * a template, so that templates with a planted fault can be held against it too.
 */
import { crons, environment, functionsFollowTopology, messages, pagesAreGuarded, ticks } from './check-calls.ts';
import { keysAreDrawnOnce, logsEnd, noNamesOfOurs, queuesLoseNothing, tablesAreKept } from './check-kept.ts';
import { noWildcards, publishers, rights, wall } from './check-rights.ts';
import { alarms, sesTells } from './check-told.ts';
import type { Template } from './template.ts';
import type { Check } from './template-check.ts';

const checks: readonly Check[] = [
  functionsFollowTopology,
  ticks,
  crons,
  messages,
  environment,
  pagesAreGuarded,
  queuesLoseNothing,
  tablesAreKept,
  keysAreDrawnOnce,
  logsEnd,
  noNamesOfOurs,
  publishers,
  rights,
  wall,
  noWildcards,
  sesTells,
  alarms,
];

/** All that is wrong with a template. */
export function problemsIn(template: Template): readonly string[] {
  return checks.flatMap((check) => check(template));
}
