import { z } from 'zod';
import { CANDLE_INTERVALS, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';

/** Bars of so many trades each, however long they take. */
export const TICK_INTERVALS = ['10t', '50t', '100t', '500t', '1000t'] as const;
export type TickInterval = (typeof TICK_INTERVALS)[number];

export const CHART_INTERVALS = [...CANDLE_INTERVALS, ...TICK_INTERVALS] as const;
/** What one bar of the chart stands for. */
export type ChartInterval = CandleInterval | TickInterval;
export const chartIntervalSchema = z.enum(CHART_INTERVALS);

const TRADES: Readonly<Record<TickInterval, number>> = {
  '10t': 10,
  '50t': 50,
  '100t': 100,
  '500t': 500,
  '1000t': 1_000,
};

export const isTickInterval = (interval: ChartInterval): interval is TickInterval =>
  Object.hasOwn(TRADES, interval);

export const tradesPerBar = (interval: TickInterval): number => TRADES[interval];

/** How long a bar lasts; null where trades decide that. */
export const barLengthMs = (interval: ChartInterval): number | null =>
  isTickInterval(interval) ? null : INTERVAL_MS[interval];
