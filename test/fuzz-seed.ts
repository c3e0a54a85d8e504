/**
 * Generated tests draw the same values in every run, so that a red run is red again. `FUZZ_SEED=random` draws others, and
 * a failure prints its seed.
 */
import { configureGlobal } from 'fast-check';

const wanted = process.env.FUZZ_SEED ?? '20261123';
if (wanted !== 'random') configureGlobal({ seed: Number(wanted) });
