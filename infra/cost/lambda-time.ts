/**
 * How long an invocation is billed, from CPU that was measured and waiting that is drawn: a slow machine and a fast one, or
 * a quiet hour and a busy one, give the same bill.
 */
import type { Counts } from './meter.ts';

/** Of a vCPU, by memory; one event loop uses at most one. Lambda: 1,769 MB are one vCPU. */
function cpuShare(memoryMb: number): number {
  return Math.min(1, memoryMb / 1_769);
}

/**
 * GB-seconds of one invocation: it computes or it waits, whichever takes longer.
 *
 * @param cpuMs on the machine that measured
 * @param scale how much longer a Lambda vCPU on arm64 takes, and a process that is not yet warm. 1 to 3; not known before it
 *   is measured there
 */
export function gbSecondsOf(memoryMb: number, cpuMs: number, waitMs: number, scale: number): number {
  const computeMs = (cpuMs * scale) / cpuShare(memoryMb);
  return (Math.ceil(Math.max(computeMs, waitMs)) / 1_000) * (memoryMb / 1_024);
}

/** Milliseconds until a service answers, within a region: what its users report. Not measured here. */
const serviceMs = { DynamoDB: 5, SQS: 10, SES: 80 } as const;

/** How long requests to services take, one after the other. */
export function serviceWaitMs(counts: Counts): number {
  return Object.entries(counts).reduce((total, [name, requests]) => {
    const [service = ''] = name.split('.');
    return total + (name.includes('.') ? (serviceMs[service as keyof typeof serviceMs] ?? 0) * requests : 0);
  }, 0);
}

/** Publishers: log-normal, median 350 ms, mean 460, 99th percentile 2 s. */
const [medianMs, deviation] = [350, 0.74];
/** Who is dead is given up after ten seconds. */
const deadMs = 10_000;
/** Of a hundred feeds two are dead, and back-off asks them seldom: three looks in a thousand. Without back-off it is one in fifty. */
export const deadShare = { backedOff: 0.003, asAllOthers: 0.02 } as const;

/** The mean time of so many looks with at most so many under way, over many draws that are the same each time. */
export function waitMs(looks: number, atOnce: number, dead: number): number {
  const draws = Math.max(20, Math.ceil(2_000 / Math.max(1, looks)));
  const dice = seededDice(looks * 31 + atOnce);
  let total = 0;
  for (let draw = 0; draw < draws; draw++) total += oneWait(looks, atOnce, dead, dice);
  return total / draws;
}

/** Whichever lane is free takes the next look; the dead, who are known from earlier looks, come first. */
function oneWait(looks: number, atOnce: number, dead: number, dice: () => number): number {
  const lanes = new Array<number>(Math.min(atOnce, Math.max(1, looks))).fill(0);
  const times = Array.from({ length: looks }, () =>
    dice() < dead ? deadMs : Math.min(deadMs, medianMs * Math.exp(deviation * bell(dice))),
  );
  const deadFirst = [...times.filter((time) => time === deadMs), ...times.filter((time) => time !== deadMs)];
  for (const time of deadFirst) {
    let first = 0;
    for (let lane = 1; lane < lanes.length; lane++) if (lanes[lane]! < lanes[first]!) first = lane;
    lanes[first]! += time;
  }
  return Math.max(...lanes);
}

function bell(dice: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());
}

/** The same throws for the same seed (mulberry32). */
function seededDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
