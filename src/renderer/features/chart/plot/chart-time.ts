import {
  TickMarkType as Tick,
  type TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { formatClock, formatDate as isoDate, isShownInUtc } from '../../../ui/format.ts';
import { isTwice } from '../../../ui/time-input.ts';
import { barLengthMs, type ChartInterval } from '../bars/chart-interval.ts';

/** The chart counts in seconds; nothing outside of the chart's own files does. */
export const toChartTime = (time: EpochMs): UTCTimestamp => (time / 1_000) as UTCTimestamp;

/** Null for the chart's other notations of time, which are never given to it. */
export const fromChartTime = (time: Time): EpochMs | null =>
  typeof time === 'number' ? ((time * 1_000) as EpochMs) : null;

const DAY_MS = INTERVAL_MS['1d'];
const MINUTE_MS = INTERVAL_MS['1m'];
const isOfDays = (interval: ChartInterval): boolean => (barLengthMs(interval) ?? 0) >= DAY_MS;
/** Bars that are shorter than a minute, or may be. */
export const hasSeconds = (interval: ChartInterval): boolean =>
  (barLengthMs(interval) ?? 0) < MINUTE_MS;
/** The day comes before the month in English as well: nobody takes 3/4 for the other one. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', ko: 'ko-KR' };
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Days by the clock that is shown; but a daily candle is a UTC day, whatever the time of day is here. */
function formatDate(
  time: EpochMs,
  interval: ChartInterval,
  parts: Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year'>,
): string {
  const zone = isOfDays(interval) || isShownInUtc() ? 'UTC' : undefined;
  const key = [i18n.language, zone, ...Object.keys(parts)].join();
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALES[i18n.language], { ...parts, timeZone: zone });
    dateFormats.set(key, format);
  }
  return format.format(time);
}

const MONTH = { month: 'short' } as const;
const DAY = { day: 'numeric', ...MONTH } as const;
const YEAR = { year: 'numeric' } as const;

/** Under the crosshair: complete. An hour that there is twice says which one it is. */
export function formatCrosshairTime(time: EpochMs, interval: ChartInterval): string {
  const day = formatDate(time, interval, { ...DAY, ...YEAR });
  if (isOfDays(interval)) return day;
  const clock = shownClock(time, hasSeconds(interval));
  return isTwice(time) ? `${day} ${clock} ${offsetOf(time)}` : `${day} ${clock}`;
}

const shownClock = (time: EpochMs, withSeconds: boolean): string =>
  formatClock(time).slice(0, withSeconds ? undefined : 'HH:MM'.length);

/** From UTC: `GMT-5`. */
const offsetOf = (time: EpochMs): string =>
  new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' })
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/**
 * On the axis. The chart thinks in UTC days; here the date stands at the first bar of the local day, and
 * everywhere else the time of day. Where a UTC day begins it has both: an axis of many days has no others.
 */
export function formatTick(time: EpochMs, type: TickMarkType, interval: ChartInterval): string {
  if (isOfDays(interval)) {
    return formatDate(
      time,
      interval,
      type === Tick.Year ? YEAR : type === Tick.Month ? MONTH : DAY,
    );
  }
  const barBefore = time - (barLengthMs(interval) ?? 1);
  if (isoDate(barBefore) !== isoDate(time)) return formatDate(time, interval, DAY);
  const clock = shownClock(time, !formatClock(time).endsWith(':00'));
  const isOfDay = type !== Tick.Time && type !== Tick.TimeWithSeconds;
  return isOfDay ? `${formatDate(time, interval, DAY)} ${clock}` : clock;
}
