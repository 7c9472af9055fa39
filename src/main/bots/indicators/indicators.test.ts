import fc from 'fast-check';
import { EMA } from 'trading-signals';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { closedCandle } from '#tests/fakes/market-events.ts';
import {
  referenceAtr,
  referenceBollinger,
  referenceDonchian,
  referenceEma,
  referenceRsi,
  referenceSma,
} from '#tests/fakes/reference-indicators.ts';
import { readRecordedCandles } from '#tests/support/recorded-candles.ts';
import { hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { ExponentialCloseAverage, SimpleAverage } from './averages.ts';
import { BollingerChannel, DonchianChannel } from './channels.ts';
import type { Indicator } from './indicator.ts';
import { RelativeStrength } from './relative-strength.ts';
import { AverageTrueRange } from './true-range.ts';

const closesOf = (candles: readonly Candle[]) => candles.map(({ close }) => close as number);

interface Kind {
  readonly name: string;
  readonly create: (period: number) => Indicator;
  readonly reference: (candles: readonly Candle[], period: number) => readonly unknown[];
}

const KINDS: readonly Kind[] = [
  {
    name: 'SMA',
    create: (n) => new SimpleAverage(n),
    reference: (candles, n) => referenceSma(closesOf(candles), n),
  },
  {
    name: 'EMA',
    create: (n) => new ExponentialCloseAverage(n),
    reference: (candles, n) => referenceEma(closesOf(candles), n),
  },
  {
    name: 'RSI',
    create: (n) => new RelativeStrength(n),
    reference: (candles, n) => referenceRsi(closesOf(candles), n),
  },
  {
    name: 'ATR',
    create: (n) => new AverageTrueRange(n),
    reference: referenceAtr,
  },
  {
    name: 'Donchian',
    create: (n) => new DonchianChannel(n),
    reference: referenceDonchian,
  },
  {
    name: 'Bollinger',
    create: (n) => new BollingerChannel(n, 2),
    reference: (candles, n) => referenceBollinger(closesOf(candles), n, 2),
  },
];

/** Figures of one value, flat: nulls stay. */
const figures = (value: unknown): readonly (number | null)[] =>
  value === null || typeof value === 'number'
    ? [value]
    : Object.entries(value as Record<string, number>)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([, figure]) => figure);

function expectSame(found: readonly unknown[], wanted: readonly unknown[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [index, want] of wanted.entries()) {
    for (const [part, figure] of figures(want).entries()) {
      const have = figures(found[index])[part];
      const isClose =
        figure === null
          ? have === null
          : typeof have === 'number' &&
            Math.abs(have - figure) <= 1e-9 * Math.max(1, Math.abs(figure));
      if (!isClose) expect({ index, part, have }).toEqual({ index, part, have: figure });
    }
  }
}

const run = (indicator: Indicator, candles: readonly Candle[]) =>
  candles.map((candle) => {
    indicator.add(candle);
    return indicator.value;
  });

/** Negative prices are prices, too. */
const candleArbitrary = fc
  .tuple(
    fc.integer({ min: -500, max: 500 }),
    fc.nat(40),
    fc.nat(40),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([close, up, down, at]) => {
    const open = close - down + at * (up + down);
    return closedCandle(0, [open, Math.max(open, close) + up, Math.min(open, close) - down, close]);
  });
const seriesArbitrary = fc.array(candleArbitrary, { minLength: 1, maxLength: 120 });
const periodArbitrary = fc.integer({ min: 2, max: 30 });

describe('the exponential average', () => {
  it('is to the last digit what the library comes to', () => {
    fc.assert(
      fc.property(seriesArbitrary, periodArbitrary, (candles, period) => {
        const library = new EMA(period);
        const wanted = candles.map(({ close }, index) => {
          const value = library.update(close, false);
          return index + 1 < period ? null : value;
        });
        expect(run(new ExponentialCloseAverage(period), candles)).toEqual(wanted);
      }),
    );
  });
});

describe.each(KINDS)('$name', ({ create, reference }) => {
  it('agrees to 1e-9 with its definition on any series', () => {
    fc.assert(
      fc.property(seriesArbitrary, periodArbitrary, (candles, period) => {
        expectSame(run(create(period), candles), reference(candles, period));
      }),
      { numRuns: 50 },
    );
  });

  it.skipIf(!hasRecordings)(`agrees to 1e-9 on recorded candles${needsRecordings}`, () => {
    const candles = readRecordedCandles().slice(0, 5_000);
    for (const period of [2, 14, 50]) {
      expectSame(run(create(period), candles), reference(candles, period));
    }
  });

  it('saved and restored anywhere goes on to the last digit', () => {
    fc.assert(
      fc.property(seriesArbitrary, periodArbitrary, fc.nat(), (candles, period, cut) => {
        const at = cut % candles.length;
        const first = create(period);
        run(first, candles.slice(0, at));
        const second = create(period);
        run(second, candles.slice(0, 3));
        second.restore(JSON.parse(JSON.stringify(first.save())));
        const rest = candles.slice(at);
        expect(run(second, rest)).toEqual(run(first, rest));
      }),
      { numRuns: 50 },
    );
  });

  it('reset is as new', () => {
    const candles = Array.from({ length: 60 }, (_, i) =>
      closedCandle(0, [i, i + 2, i - 2, i * 1.5]),
    );
    const indicator = create(5);
    const first = run(indicator, candles);
    indicator.reset();
    expect(run(indicator, candles)).toEqual(first);
  });
});

describe('warm-up', () => {
  it.each(KINDS)('$name hardly depends on what lay before it', ({ create }) => {
    const period = 14;
    const walk = (seed: number, length: number) =>
      Array.from({ length }, (_, i) => {
        const price = 1_000 + seed + 20 * Math.sin(i * 0.7 + seed) + 5 * Math.cos(i * 2.3);
        return closedCandle(0, [price, price + 1, price - 1, price]);
      });
    const { warmUpCandles } = create(period);
    const recent = walk(0, warmUpCandles);
    const [short, long] = [create(period), create(period)];
    run(short, recent);
    run(long, [...walk(3, 500), ...recent]);
    const [a, b] = [figures(short.value), figures(long.value)];
    for (const [part, figure] of a.entries()) {
      expect(Math.abs((figure ?? 0) - (b[part] ?? 0))).toBeLessThan(
        1e-3 * Math.abs(figure ?? 0) + 0.1,
      );
    }
  });
});
