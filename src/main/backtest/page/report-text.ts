import { type DecimalString, decimal } from '#domain/decimal.ts';

const PERCENT_DECIMALS = 2;
const RATIO_DECIMALS = 3;
const NOT_KNOWN = 'not known';
/** That a number is written with. */
const MOST_FIXED = 100;

/** What is not nothing does not read as nothing. */
const LEAST_DIGITS = 2;

/** As many as that, and as it takes to show so many digits of what is small. */
const decimalsFor = (value: number, decimals: number): number =>
  value === 0
    ? decimals
    : Math.max(decimals, LEAST_DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));

const fixed = (value: number | null, decimals: number, unit = ''): string =>
  value === null
    ? NOT_KNOWN
    : `${value.toFixed(Math.min(MOST_FIXED, decimalsFor(value, decimals)))}${unit}`;
export const percentText = (value: number | null): string => fixed(value, PERCENT_DECIMALS, ' %');
export const ratioText = (value: number | null): string => fixed(value, RATIO_DECIMALS);

const MONEY_DECIMALS = 8;
const MONEY_DIGITS = 6;
const PRICE_DIGITS = 10;
const LARGE = 100;

/** Rounded for the eye: to cents from 100 on, else to eight places, and to six digits of what is smaller. */
export function moneyText(value: DecimalString | null): string {
  if (value === null) return NOT_KNOWN;
  const exact = decimal(value);
  if (exact.abs().gte(LARGE)) return exact.round(PERCENT_DECIMALS).toFixed();
  return exact.round(Math.max(MONEY_DECIMALS, MONEY_DIGITS - 1 - exact.e)).toFixed();
}

/** To ten digits, and to cents: no exchange has finer ones, but an average has. */
export function priceText(value: DecimalString): string {
  const exact = decimal(value);
  return exact.round(Math.max(PERCENT_DECIMALS, PRICE_DIGITS - 1 - exact.e)).toFixed();
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
