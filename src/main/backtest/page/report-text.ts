import { type DecimalString, decimal } from '#domain/decimal.ts';

const PERCENT_DECIMALS = 2;
const RATIO_DECIMALS = 3;
const NOT_KNOWN = 'not known';

const fixed = (value: number | null, decimals: number, unit = ''): string =>
  value === null ? NOT_KNOWN : `${value.toFixed(decimals)}${unit}`;
export const percentText = (value: number | null): string => fixed(value, PERCENT_DECIMALS, ' %');
export const ratioText = (value: number | null): string => fixed(value, RATIO_DECIMALS);

const MOST_DECIMALS = 8;
const LARGE = 100;

/** Rounded for the eye: to cents from 100 on, else to eight places. */
export function moneyText(value: DecimalString | null): string {
  if (value === null) return NOT_KNOWN;
  const exact = decimal(value);
  return exact.round(exact.abs().gte(LARGE) ? PERCENT_DECIMALS : MOST_DECIMALS).toFixed();
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS = [
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'min'],
  [SECOND_MS, 's'],
] as const;

/** In its two largest units: `3 d 4 h`, `12 min 5 s`. */
export function durationText(durationMs: number | null): string {
  if (durationMs === null) return NOT_KNOWN;
  const first = UNITS.findIndex(([ms]) => durationMs >= ms);
  if (first < 0) return `${Math.round(durationMs)} ms`;
  let left = durationMs;
  const parts: string[] = [];
  for (const [ms, name] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

const SECONDS_LENGTH = 19;

/** In UTC, to the second. */
export const timeText = (time: number): string =>
  new Date(time).toISOString().slice(0, SECONDS_LENGTH).replace('T', ' ');
