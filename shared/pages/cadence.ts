/** How often a digest comes: said in words, asked in a form, and read from it. */
import { html } from 'hono/html';
import { unreachable } from '../assert.ts';
import type { Schedule } from '../watch/config.ts';
import { sayWhen } from '../watch/when.ts';
import type { Fields } from './fields.ts';
import type { PageHtml } from './page.ts';
import { isZone, zonesByRegion } from './zones.ts';

/** What a form offers. `own`: as the digest comes by itself. */
export type CadenceKind = 'own' | 'at-once' | 'hourly' | 'daily' | 'weekly';

/** A cadence as it stands in a form. */
export interface Cadence {
  readonly kind: CadenceKind;
  /** `HH:MM`, of use where it is daily or weekly. */
  readonly time: string;
  /** 1 (Monday) to 7, of use where it is weekly. */
  readonly day: number;
}

export const ownCadence: Cadence = { kind: 'own', time: '07:00', day: 1 };

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `every weekday at 07:00`: what follows "comes". */
export function scheduleInWords(when: Schedule): string {
  return sayWhen(when).replace(/\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/g, (name) => {
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
}

/** The schedule that somebody chose; null for the digest's own. */
export function scheduleOf({ kind, time, day }: Cadence): Schedule | null {
  switch (kind) {
    case 'own':
      return null;
    case 'at-once':
      return { kind: 'at once' };
    case 'hourly':
      return { kind: 'hourly' };
    case 'daily':
      return { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: [time] };
    case 'weekly':
      return { kind: 'times', days: [day], times: [time] };
    default:
      return unreachable(kind);
  }
}

/** The form's view of a schedule that was chosen in such a form; null is the digest's own. */
export function cadenceOf(when: Schedule | null): Cadence {
  if (when === null) return ownCadence;
  if (when.kind === 'at once') return { ...ownCadence, kind: 'at-once' };
  if (when.kind === 'hourly') return { ...ownCadence, kind: 'hourly' };
  const [time = ownCadence.time] = when.times;
  const [day = ownCadence.day] = when.days;
  return { kind: when.days.length === 1 ? 'weekly' : 'daily', time, day };
}

/**
 * Reads the fields that {@link cadenceFields} wrote.
 *
 * @param of the same as there
 * @returns null when they hold what no form of ours sends
 */
export function readCadence(fields: Fields, of: string): Cadence | null {
  const kind = kinds.find(([name]) => name === (fields.one(`when${of}`) || 'own'))?.[0];
  const isTimed = kind === 'daily' || kind === 'weekly';
  const time = isTimed ? fields.one(`time${of}`) : ownCadence.time;
  const day = Number(fields.one(`day${of}`) || ownCadence.day);
  if (kind === undefined || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time) || !days[day - 1]) return null;
  return { kind, time, day };
}

/** A zone from a form: null for that of the digest, undefined for what is none. */
export function readZone(fields: Fields): string | null | undefined {
  const zone = fields.one('zone');
  if (!zone) return null;
  return isZone(zone) ? zone : undefined;
}

const kinds: readonly (readonly [CadenceKind, string])[] = [
  ['own', 'As it comes'],
  ['at-once', 'At once'],
  ['hourly', 'Every hour'],
  ['daily', 'Every day'],
  ['weekly', 'Once a week'],
];

/** @param of what its names and ids end in, so that several stand in one form */
export function cadenceFields({ kind, time, day }: Cadence, of: string, whose: string): PageHtml {
  const unseen = whose === '' ? '' : html`<span class="unseen"> for ${whose}</span>`;
  return html`<div class="field"><label for="when${of}">How often${unseen}</label>
<select id="when${of}" name="when${of}">
${kinds.map(([name, words]) => option(name, words, name === kind))}
</select></div>
<div class="pair">
<div class="field day"><label for="day${of}">Day${unseen}</label>
<select id="day${of}" name="day${of}">
${days.map((name, index) => option(String(index + 1), name, index + 1 === day))}
</select></div>
<div class="field time"><label for="time${of}">Time${unseen}</label>
<input type="time" id="time${of}" name="time${of}" value="${time}"></div>
</div>`;
}

/** @param chosen null: that of the digest */
export function zoneField(chosen: string | null): PageHtml {
  const regions = zonesByRegion();
  const isListed = chosen === null || [...regions.values()].some((zones) => zones.includes(chosen));
  return html`<div class="field zone"><label for="zone">Time zone</label>
<select id="zone" name="zone">
${option('', 'That of the digest', chosen === null)}
${isListed ? '' : option(chosen ?? '', chosen ?? '', true)}
${[...regions].map(
  ([
    region,
    zones,
  ]) => html`<optgroup label="${region}">${zones.map((zone) => option(zone, zone, zone === chosen))}</optgroup>
`,
)}</select></div>`;
}

function option(value: string, words: string, selected: boolean): PageHtml {
  return html`<option value="${value}"${selected ? html` selected` : ''}>${words}</option>`;
}
