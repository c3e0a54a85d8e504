/** Lengths of time as people write them: `15m`, `1h`, `24h`. */

/** Minutes, or null when it is not a length of time. */
export function spanMinutes(text: string): number | null {
  const [, count, unit] = /^(\d{1,6})(m|h)$/.exec(text) ?? [];
  if (count === undefined) return null;
  return Number(count) * (unit === 'h' ? 60 : 1);
}

/** `90m`, or `24h` where it is whole hours. */
export function spanText(minutes: number): string {
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** What is wrong with a length of time between two others (minutes, both included), or null. */
export function spanProblem(text: string, min: number, max: number): string | null {
  const minutes = spanMinutes(text);
  if (minutes === null) return `"${text}" is not a length of time; write minutes or hours, such as 15m or 24h`;
  if (minutes < min || minutes > max) return `${text} is out of range; write ${spanText(min)} to ${spanText(max)}`;
  return null;
}
