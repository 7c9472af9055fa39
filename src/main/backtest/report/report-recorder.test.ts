import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BacktestReport,
  backtestReportSchema,
  MOST_CURVE_POINTS,
} from '#contract/backtest-report.ts';
import { deckBotSchema } from '#contract/replay-requests.ts';
import { namesOf } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { ReportRecorder } from './report-recorder.ts';
import { INITIAL_CASH, INSTRUMENT_ID, type InventedFill, tradingOf } from './trading.fixture.ts';

const START = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const BOT = deckBotSchema.parse({
  ...{ name: 'Invented', strategy: 'grid', instrumentId: INSTRUMENT_ID, params: {} },
  ...{ initialCash: INITIAL_CASH, makerFeeBps: 0, takerFeeBps: 10 },
});

interface Moment {
  readonly time: number;
  readonly price: number;
  readonly fill?: Omit<InventedFill, 'time'>;
}

function reportOf(moments: readonly Moment[], durationMs: number): BacktestReport {
  const toTime = (START + durationMs) as EpochMs;
  const recorder = new ReportRecorder({
    bot: BOT,
    instrument: {
      ...{ ...namesOf(INSTRUMENT_ID), id: INSTRUMENT_ID },
      ...{ priceIncrement: 0.01, sizeIncrement: 0.001 },
      ...{ minNotional: null, makerFeeBps: null, takerFeeBps: null },
    },
    source: { kind: 'tape', name: null, interval: null },
    ...{ fromTime: START as EpochMs, toTime },
  });
  const fills = moments.flatMap(({ time, fill }) => (fill ? [{ ...fill, time }] : []));
  const steps = tradingOf(fills);
  for (const { time, price, fill } of moments) {
    if (recorder.isDue(time)) recorder.advance(time);
    const step = fill && steps.shift();
    if (step) recorder.onStep({ ...step, fills: [step.fill], orders: [], logs: [] });
    recorder.mark(time, price);
  }
  const report = recorder.finish({
    ...{ time: toTime, state: 'completed', error: null },
    played: { trades: moments.length, candles: 0, gaps: 0 },
  });
  return backtestReportSchema.parse(report);
}

const at = (hours: number, price: number, fill?: Moment['fill']): Moment => ({
  time: START + hours * HOUR_MS,
  price,
  ...(fill && { fill }),
});
const buy = (quantity: string, price: string, fee = '0') =>
  ({ side: 'buy', quantity, price, fee }) as const;
const sell = (quantity: string, price: string, fee = '0') =>
  ({ side: 'sell', quantity, price, fee }) as const;

describe('a run of two days', () => {
  const report = reportOf(
    [
      at(0, 100),
      at(6, 100, buy('5', '100', '0.5')),
      at(12, 120),
      at(18, 90),
      at(30, 110, sell('5', '110', '0.55')),
      at(40, 50),
    ],
    2 * DAY_MS,
  );

  it('tells what it came to', () => {
    expect(report).toMatchObject({
      ...{ initialEquity: '1000', finalEquity: '1048.95', pnl: '48.95', fees: '1.05' },
      ...{ realizedPnl: '50', unrealizedPnl: '0', fills: 2, currency: 'USDT' },
      returnPercent: expect.closeTo(4.895, 12),
    });
  });

  it('finds the deepest fall, and when it was made good', () => {
    // 999.5 + 100 at the top, 999.5 − 50 at the bottom; never back at the top.
    expect(report.drawdown).toEqual({
      ...{ value: '150', percent: expect.closeTo((150 / 1099.5) * 100, 12) },
      peakTime: START + 12 * HOUR_MS,
      troughTime: START + 18 * HOUR_MS,
      recoveryTime: null,
      ...{ durationMs: 36 * HOUR_MS, longestMs: 36 * HOUR_MS },
    });
  });

  it('held a position for half of the time', () => {
    expect(report.exposurePercent).toBe(50);
  });

  it('has a row for each day', () => {
    expect(report.days).toEqual([
      {
        ...{ date: '2025-01-01', equity: '949.5', pnl: '-50.5', fees: '0.5', fills: 1, trips: 0 },
        returnPercent: expect.closeTo(-5.05, 12),
      },
      {
        ...{
          date: '2025-01-02',
          equity: '1048.95',
          pnl: '99.45',
          fees: '0.55',
          fills: 1,
          trips: 1,
        },
        returnPercent: expect.closeTo((99.45 / 949.5) * 100, 12),
      },
    ]);
  });

  it('lays buying and holding beside it: whole lots, and the fee of a taker', () => {
    // 9.99 × 100 × 1.001 = 999.999; 9.991 would cost more than there is.
    expect(report.buyAndHold).toMatchObject({
      ...{ quantity: '9.99', firstPrice: 100, lastPrice: 50, fees: '0.999' },
      ...{ finalEquity: '499.501', pnl: '-500.499' },
      drawdown: { percent: expect.closeTo((9.99 * 70 * 100) / (0.001 + 9.99 * 120), 12) },
    });
  });

  it('counts what was won and lost, after fees', () => {
    expect(report.trades).toEqual({
      ...{ count: 1, wins: 1, losses: 0, winRatePercent: 100, profitFactor: null },
      ...{ expectancy: '48.95', averageWin: '48.95', averageLoss: null },
      ...{ largestWin: '48.95', largestLoss: null, averageDurationMs: 24 * HOUR_MS },
    });
  });
});

it('says when a fall was made good', () => {
  const { drawdown } = reportOf(
    [at(1, 100, buy('1', '100')), at(2, 90), at(5, 101), at(6, 100), at(12, 102)],
    DAY_MS,
  );
  // From 1,000, where it stood until it bought.
  expect(drawdown).toMatchObject({
    ...{ value: '10', percent: 1, peakTime: START + HOUR_MS, recoveryTime: START + 5 * HOUR_MS },
    ...{ durationMs: 4 * HOUR_MS, longestMs: 7 * HOUR_MS },
  });
});

it('a run in which nothing happens tells nothing it cannot know', () => {
  const report = reportOf([], DAY_MS);
  expect(report).toMatchObject({
    ...{ finalEquity: '1000', pnl: '0', returnPercent: 0, exposurePercent: 0 },
    ...{ sharpe: null, sortino: null, buyAndHold: null, trips: [] },
    trades: { count: 0, winRatePercent: null, profitFactor: null, expectancy: null },
    drawdown: { value: '0', percent: 0, peakTime: null },
  });
  expect(report.curve.buyAndHold).toEqual([]);
  expect(report.days.map(({ date }) => date)).toEqual(['2025-01-01']);
});

it('a negative price is one: an account may come to less than nothing', () => {
  const report = reportOf([at(1, 10, buy('60', '10')), at(2, -10), at(3, 5)], DAY_MS);
  expect(report).toMatchObject({
    ...{ finalEquity: '700', sharpe: null },
    drawdown: { value: '1200', percent: 120 },
  });
});

describe('against a slow model', () => {
  const momentArbitrary = fc.record({
    stepMs: fc.integer({ min: 0, max: 30 * 60_000 }),
    price: fc.integer({ min: 5_000, max: 20_000 }).map((ticks) => ticks / 100),
    lots: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 3, nil: null }),
    side: fc.constantFrom('buy' as const, 'sell' as const),
  });

  it('every figure agrees to 1e-9', () => {
    fc.assert(
      fc.property(fc.array(momentArbitrary, { minLength: 1, maxLength: 200 }), (steps) => {
        let time = START;
        const moments = steps.map(({ stepMs, price, lots, side }): Moment => {
          time += stepMs;
          if (lots === null) return { time, price };
          const quantity = `${lots / 10}`;
          return { time, price, fill: { side, quantity, price: `${price}`, fee: '0.02' } };
        });
        const durationMs = time - START + 60_000;
        compare(reportOf(moments, durationMs), slowModel(moments, durationMs));
      }),
      { numRuns: 60 },
    );
  });

  it('the curve stays bounded however long the run', () => {
    const { curve } = reportOf([at(1, 100, buy('1', '100'))], 3_000 * DAY_MS + 17);
    expect(curve.times.length).toBeLessThanOrEqual(MOST_CURVE_POINTS);
    expect(curve.times.at(0)).toBe(START);
    expect(curve.times.at(-1)).toBe(START + 3_000 * DAY_MS + 17);
    expect(new Set(Object.values(curve).map((column) => column.length)).size).toBe(1);
  });
});

interface SlowFigures {
  readonly equity: number;
  readonly drawdown: number;
  readonly exposure: number;
  readonly sharpe: number | null;
  readonly sortino: number | null;
}

/** In doubles, over all moments at once, each figure by its definition. */
function slowModel(moments: readonly Moment[], durationMs: number): SlowFigures {
  const path = moments.map(({ time, price }, index) => {
    let [cash, quantity] = [1_000, 0];
    for (const { fill } of moments.slice(0, index + 1)) {
      if (!fill) continue;
      const sign = fill.side === 'buy' ? 1 : -1;
      cash -= sign * Number(fill.quantity) * Number(fill.price) + Number(fill.fee);
      quantity += sign * Number(fill.quantity);
    }
    if (Math.abs(quantity) < 1e-9) quantity = 0;
    return { time, equity: cash + quantity * price, quantity };
  });
  const equityAt = (time: number) => path.findLast((moment) => moment.time < time)?.equity ?? 1_000;
  const all = [1_000, ...path.map(({ equity }) => equity)];
  const drawdown = Math.max(
    ...all.map((equity, index) => {
      const peak = Math.max(...all.slice(0, index + 1));
      return (peak - equity) / peak;
    }),
  );
  const end = START + durationMs;
  const held = path.reduce((sum, { time, quantity }, index) => {
    const until = path[index + 1]?.time ?? end;
    return sum + (quantity === 0 ? 0 : until - time);
  }, 0);
  const periodMs = [DAY_MS, HOUR_MS, 60_000].find((period) => durationMs / period >= 30) ?? 1_000;
  const count = Math.floor(durationMs / periodMs);
  const values = [
    1_000,
    ...Array.from({ length: count }, (_, index) => equityAt(START + (index + 1) * periodMs)),
  ];
  const returns = values.slice(1).map((value, index) => value / (values[index] ?? 0) - 1);
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  const deviation = Math.sqrt(
    returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1),
  );
  const downside = Math.sqrt(
    returns.reduce((sum, value) => sum + (value < 0 ? value * value : 0), 0) / returns.length,
  );
  const factor = Math.sqrt((365 * DAY_MS) / periodMs);
  const isTold = returns.length >= 2 && Math.min(...values.slice(0, -1)) > 0;
  return {
    equity: all.at(-1) ?? 0,
    drawdown,
    exposure: (held / durationMs) * 100,
    sharpe: isTold && deviation > 1e-12 ? (mean / deviation) * factor : null,
    sortino: isTold && downside > 1e-12 ? (mean / downside) * factor : null,
  };
}

function compare(report: BacktestReport, expected: SlowFigures): void {
  const near = (a: number | null, b: number | null) => {
    if (a === null || b === null) expect(a).toBe(b);
    else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
  };
  near(Number(report.finalEquity), expected.equity);
  near(report.drawdown.percent, 100 * expected.drawdown);
  near(report.exposurePercent, expected.exposure);
  near(report.sharpe, expected.sharpe);
  near(report.sortino, expected.sortino);
}
