/** Prints what `every: auto` finds, how soon and at how many polls, beside a fixed quarter of an hour. `npm run bench:interval` */
import { pollFor } from './intervals.ts';

const days = 28;
const feeds = 200;
const policies = {
  'every: 15m': {},
  'every: auto': { atMostMinutes: 240 },
  'every: auto, at_most: 1h': { atMostMinutes: 60 },
  'every: 1h': { everyMinutes: 60 },
} as const;

console.log(`${feeds} feeds over ${days} days; delays in minutes, from publication to the look that found it\n`);
console.log(
  '| policy | polls | of 15m | entries | left unseen | mean | p50 | p95 | mean of feeds | bytes of state, mean (max) |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
const uniform = (await pollFor(days, feeds, policies['every: 15m'])).polls;
for (const [name, change] of Object.entries(policies)) {
  const { polls, entries, lost, delay, stateBytes } = await pollFor(days, feeds, change);
  const share = `${((polls / uniform) * 100).toFixed(0)} %`;
  const delays = [delay.mean, delay.p50, delay.p95, delay.meanOfFeeds].map((minutes) => minutes.toFixed(1));
  const bytes = `${stateBytes.mean.toFixed(0)} (${stateBytes.max})`;
  console.log(`| ${[name, polls.toLocaleString('en-GB'), share, entries, lost, ...delays, bytes].join(' | ')} |`);
}
