import { type DecimalString, decimal, moneyDecimals } from '#domain/decimal.ts';
import { decimalsOf } from '#domain/instrument.ts';
import { i18n } from '../i18n/i18n.ts';
import { roundedPrice } from './rounded-price.ts';

/** Shown where there is no value: an en dash keeps the column's alignment. */
export const NOTHING = '–';
/** A real minus, as wide as a plus. */
const MINUS = '−';

const withSign = (text: string): string => text.replace('-', MINUS);

const LOCALES: Readonly<Record<string, string>> = { en: 'en-US', ko: 'ko-KR' };

/**
 * Formatters of the language of the moment, made once each: a formatter costs a thousand times what
 * formatting with it does.
 */
class NumberFormats {
  readonly #options: (decimals: number) => Intl.NumberFormatOptions;
  #made: (Intl.NumberFormat | undefined)[] = [];
  #language = '';

  constructor(options: (decimals: number) => Intl.NumberFormatOptions) {
    this.#options = options;
  }

  format(value: number, decimals: number): string {
    if (this.#language !== i18n.language) {
      this.#language = i18n.language;
      this.#made = [];
    }
    const known = this.#made[decimals];
    const format = known ?? new Intl.NumberFormat(LOCALES[this.#language], this.#options(decimals));
    if (known === undefined) this.#made[decimals] = format;
    return withSign(format.format(value));
  }
}

/** What rounds to zero has no minus. */
const signDisplay = 'negative';

const fixedFormats = new NumberFormats((decimals) => ({
  signDisplay,
  minimumFractionDigits: decimals,
  maximumFractionDigits: decimals,
}));
const compactFormats = new NumberFormats((decimals) => ({
  notation: 'compact',
  signDisplay,
  minimumFractionDigits: decimals,
  maximumFractionDigits: decimals,
}));

/** With a fixed number of decimals and grouped thousands. */
const fixed = (value: number, decimals: number): string => fixedFormats.format(value, decimals);

/** A number of things: `5,000`. */
export const formatCount = (count: number): string => fixed(count, 0);

/** A price of market data, to the decimals of its instrument's increment. */
export const formatPrice = (price: number | null | undefined, priceIncrement: number): string =>
  price === null || price === undefined ? NOTHING : fixed(price, decimalsOf(priceIncrement));

/** What lies between two prices, as a pointer does: to the nearer of them, since nothing is traded between. */
export const formatNearPrice = (price: number, priceIncrement: number): string =>
  formatPrice(roundedPrice(price, priceIncrement), priceIncrement);

/**
 * A size of market data, to at most `MOST_SIZE_DECIMALS`, or as many as its first two digits take; from a
 * million on in whole units, and compact where there is no room for these.
 */
export function formatSize(size: number | null | undefined, sizeIncrement: number): string {
  if (size === null || size === undefined) return NOTHING;
  if (Math.abs(size) >= COMPACT_FROM) return formatCompact(size);
  return fixed(size, sizeDecimals(size, sizeIncrement));
}
const MOST_SIZE_DECIMALS = 5;
/** From here on nobody reads what comes after the point, and there is no room for it. */
const WHOLE_FROM = 1_000_000;
const COMPACT_FROM = 100_000_000;

const sizeDecimals = (size: number, sizeIncrement: number): number =>
  Math.abs(size) >= WHOLE_FROM
    ? 0
    : Math.min(Math.max(MOST_SIZE_DECIMALS, tellingDecimals(size)), decimalsOf(sizeIncrement));

/** As many as the first two digits of a number take. */
const tellingDecimals = (value: number): number =>
  Math.abs(value) < LEAST_TOLD ? 0 : Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value))));
/** Less is what floating point left over. */
const LEAST_TOLD = 1e-12;

const COMPACT_DECIMALS = 2;

/** Below it Korean has no short form that is used of figures: `3.7천` is `3,700`. */
const LEAST_COMPACT_KOREAN = 10_000;

/** 12_345_678 → `12.35M`, in Korean `1234.57만`; what is small has two digits that say something. */
export function formatCompact(value: number): string {
  const decimals = Math.max(COMPACT_DECIMALS, tellingDecimals(value));
  const isShort = i18n.language !== 'ko' || Math.abs(value) >= LEAST_COMPACT_KOREAN;
  return isShort ? compactFormats.format(value, decimals) : fixed(value, decimals);
}

/** Always with its sign, so that colour is not the only one: `+1.25%`. */
export function formatPercent(percent: number | null | undefined): string {
  if (percent === null || percent === undefined) return NOTHING;
  const text = fixed(Math.abs(percent), 2);
  if (Number(text.replaceAll(',', '')) === 0) return `${text}%`;
  return `${percent < 0 ? MINUS : '+'}${text}%`;
}

interface MoneyOptions {
  readonly decimals?: number | undefined;
  /** Writes the plus, too: for profit and loss. */
  readonly signed?: boolean;
}

/** Exact money, rounded half-even only here, for the eye: to `moneyDecimals` where nothing else is asked. */
export function formatMoney(
  value: DecimalString | null | undefined,
  { decimals: asked, signed = false }: MoneyOptions = {},
): string {
  if (value === null || value === undefined) return NOTHING;
  const exact = decimal(value);
  const decimals = asked ?? moneyDecimals(exact);
  const rounded = exact.round(decimals);
  const [whole = '0', fraction] = rounded.abs().toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  if (rounded.eq(0)) return digits;
  if (rounded.lt(0)) return `${MINUS}${digits}`;
  return signed ? `+${digits}` : digits;
}

/**
 * An exact price of ours, to the decimals of its instrument's increment; as it is without one. An average lies
 * between two prices: to be neither of them it has two decimals more.
 */
export function formatPriceDecimal(
  price: DecimalString | null | undefined,
  priceIncrement: number | undefined,
): string {
  if (price === null || price === undefined) return NOTHING;
  if (priceIncrement === undefined) return formatQuantity(price);
  const decimals = decimalsOf(priceIncrement);
  const exact = decimal(price);
  return formatMoney(price, {
    decimals: exact.round(decimals).eq(exact) ? decimals : decimals + AVERAGE_DECIMALS,
  });
}
const AVERAGE_DECIMALS = 2;

/** An exact quantity as it is, with at most eight decimals, or digits where it is small, and no trailing zeros. */
export function formatQuantity(value: DecimalString | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  const exact = decimal(value);
  const decimals = Math.max(MOST_QUANTITY_DIGITS, MOST_QUANTITY_DIGITS - 1 - exact.e);
  return withSign(exact.round(decimals).toFixed());
}
const MOST_QUANTITY_DIGITS = 8;

/** −1, 0 or 1: what colour and sign a figure has. */
export const signOf = (value: DecimalString | number | null | undefined): -1 | 0 | 1 =>
  value === null || value === undefined ? 0 : decimal(value).cmp(0);

/** Whose time of day is shown. */
export type TimeZone = 'local' | 'utc';

let isUtc = false;

/** Of all times that are formatted from now on; what is on screen is drawn anew by whoever asks for it. */
export function setTimeZone(timeZone: TimeZone): void {
  isUtc = timeZone === 'utc';
}

export const isShownInUtc = (): boolean => isUtc;

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Times are figures in columns: `14:03:59` and `2024-03-14` everywhere, by the clock of 24 hours, so
 * that they have one width and one order in every language.
 */
interface Moment {
  readonly year: number;
  readonly month: string;
  readonly day: string;
  readonly clock: string;
}

function momentOf(time: number): Moment {
  const date = new Date(time);
  const [year, month, day] = isUtc
    ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
    : [date.getFullYear(), date.getMonth(), date.getDate()];
  const [hours, minutes, seconds] = isUtc
    ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    : [date.getHours(), date.getMinutes(), date.getSeconds()];
  const clock = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return { year, month: two(month + 1), day: two(day), clock };
}

/** Time of day: `14:03:59`. */
export const formatClock = (time: number): string => momentOf(time).clock;

/** Time of day with milliseconds: `14:03:59.042`. */
export const formatClockMs = (time: number): string =>
  `${formatClock(time)}.${String(Math.trunc(time) % 1_000).padStart(3, '0')}`;

/** `2024-03-14`. */
export function formatDate(time: number): string {
  const { year, month, day } = momentOf(time);
  return `${year}-${month}-${day}`;
}

/** `03-14 14:03:59`. */
export function formatDateTime(time: number): string {
  const { month, day, clock } = momentOf(time);
  return `${month}-${day} ${clock}`;
}

/** `2024-03-14 14:03:59`: of what may be years ago. */
export const formatFullDateTime = (time: number): string =>
  `${formatDate(time)} ${formatClock(time)}`;

/** Time of day where it is of the day of `now`, else with the date. */
export const formatTime = (time: number, now: number): string =>
  formatDate(time) === formatDate(now) ? formatClock(time) : formatDateTime(time);

/** `812 B`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const exponent = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** exponent;
  return `${exponent === 0 ? Math.round(value) : value.toFixed(1)} ${units[exponent]}`;
}

/** Two digits at least: the spread of a liquid market is a small part of a basis point. */
export function formatBps(bps: number): string {
  const size = Math.abs(bps);
  if (size > 0 && size < LEAST_BPS) return `${bps < 0 ? MINUS : ''}<${LEAST_BPS} bps`;
  return `${size >= 1 ? fixed(bps, 2) : withSign(String(Number(bps.toPrecision(2))))} bps`;
}
const LEAST_BPS = 0.001;

/** `38 ms`, `1.2 s`. */
export function formatLag(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 1_000) return `${withSign(milliseconds.toFixed(size < 10 ? 1 : 0))} ms`;
  return `${withSign((milliseconds / 1_000).toFixed(1))} s`;
}
