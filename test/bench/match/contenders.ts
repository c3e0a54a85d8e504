/** All that are in JavaScript, Watchword first. Hyperscan, a program of its own, is in `hyperscan.ts`. */
import type { Contender } from './contender.ts';
import { peers } from './peers.ts';
import { engine, slowMatcher } from './watchword.ts';

export const contenders: readonly Contender[] = [engine, slowMatcher, ...peers];
