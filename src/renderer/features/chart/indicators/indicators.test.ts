import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { INDICATOR_KINDS, INDICATORS, type IndicatorKind } from './catalogue.ts';
import { FORMULAS } from './formulas.fixture.ts';
import { IndicatorRun } from './indicator-run.ts';
import { type IndicatorSettings, indicatorSchema, usualSettings } from './indicator-settings.ts';
import { inventedBars } from './invented-bars.fixture.ts';

const EXACT = 1e-9;
const BARS = inventedBars(400, 7);

const settingsOf = (
  kind: IndicatorKind,
  changes: Record<string, number> = {},
): IndicatorSettings => {
  const usual = usualSettings(kind, 'i');
  return { ...usual, parameters: { ...usual.parameters, ...changes } };
};

function expectSame(actual: readonly (readonly (number | null)[])[], wanted: typeof actual): void {
  expect(actual.length).toBe(wanted.length);
  actual.forEach((values, index) => {
    const expected = wanted[index] ?? [];
    expect(values.length).toBe(expected.length);
    values.forEach((value, plot) => {
      const other = expected[plot] ?? null;
      if (value === null || other === null)
        expect([index, plot, value]).toEqual([index, plot, other]);
      else {
        const error = Math.abs(value - other) / Math.max(1, Math.abs(other));
        expect(error, `bar ${index}, plot ${plot}: ${value} and ${other}`).toBeLessThan(EXACT);
      }
    });
  });
}

describe('every indicator', () => {
  it('is there: at least twelve, some over the prices and some in panes of their own', () => {
    expect(INDICATOR_KINDS.length).toBeGreaterThanOrEqual(12);
    const panes = INDICATOR_KINDS.map((kind) => INDICATORS[kind].pane);
    expect(new Set(panes)).toEqual(new Set(['price', 'own']));
  });

  it.each(INDICATOR_KINDS)('%s has the values of its formula, to 1e-9', (kind) => {
    const settings = settingsOf(kind);
    const run = new IndicatorRun(settings);
    const parameter = (name: string) => settings.parameters[name] ?? Number.NaN;
    expectSame(run.setBars(BARS), FORMULAS[kind](BARS, parameter));
    expect(
      run.values.filter((values) => values.some((value) => value !== null)).length,
    ).toBeGreaterThan(300);
  });

  it.each(INDICATOR_KINDS)('%s is the same however often its last bar changed', (kind) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 60, maxLength: 120 }),
        fc.integer({ min: 1, max: 1_000 }),
        (states, seed) => {
          const bars = inventedBars(states.length, seed);
          const changes = inventedBars(states.length * 4, seed + 1);
          const grown = new IndicatorRun(settingsOf(kind));
          states.forEach((count, index) => {
            const bar = bars[index] as Candle;
            for (let state = 0; state < count; state++) {
              const other = changes[index * 4 + state] as Candle;
              grown.update({ ...other, openTime: bar.openTime });
            }
            grown.update(bar);
          });
          const whole = new IndicatorRun(settingsOf(kind));
          expectSame(grown.values, whole.setBars(bars));
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each(INDICATOR_KINDS)('%s makes no value of a market that does not move', (kind) => {
    const still = BARS.map((bar) => ({ ...bar, ...flatAt(100), volume: 0 }));
    for (const values of new IndicatorRun(settingsOf(kind)).setBars(still)) {
      for (const value of values) expect(value === null || Number.isFinite(value)).toBe(true);
    }
  });

  it.each(INDICATOR_KINDS)('%s takes any parameters that its schema takes', (kind) => {
    const specs = INDICATORS[kind].parameters;
    const least = Object.fromEntries(specs.map(({ name, least }) => [name, least]));
    const settings = settingsOf(kind, least);
    expect(indicatorSchema.parse(settings)).toEqual(settings);
    expect(() => new IndicatorRun(settings).setBars(BARS)).not.toThrow();
  });
});

const flatAt = (price: number) =>
  ({ open: price, high: price, low: price, close: price }) as object;

describe('the source of an average', () => {
  it.each([
    ['high', ({ high }: Candle) => high],
    ['hl2', ({ high, low }: Candle) => (high + low) / 2],
    ['ohlc4', ({ open, high, low, close }: Candle) => (open + high + low + close) / 4],
  ] as const)('may be %s', (source, price) => {
    const settings = { ...settingsOf('sma', { period: 2 }), source };
    const [, second] = new IndicatorRun(settings).setBars(BARS);
    const [a, b] = BARS as [Candle, Candle];
    expect(second?.[0]).toBeCloseTo((price(a) + price(b)) / 2, 9);
  });
});

describe('the settings of an indicator', () => {
  const usual = settingsOf('bollinger');
  it.each([
    ['a period that is no whole number', { ...usual, parameters: { period: 2.5, multiplier: 2 } }],
    ['a period that is too short', { ...usual, parameters: { period: 1, multiplier: 2 } }],
    ['a multiplier that is too large', { ...usual, parameters: { period: 20, multiplier: 99 } }],
    ['a missing parameter', { ...usual, parameters: { period: 20 } }],
    [
      'a parameter of another kind',
      { ...usual, parameters: { ...usual.parameters, smoothing: 3 } },
    ],
    ['a missing colour', { ...usual, colors: {} }],
    ['an unknown colour', { ...usual, colors: { ...usual.colors, upper: 'pink' } }],
    ['an unknown kind', { ...usual, kind: 'magic' }],
  ])('are refused with %s', (_, settings) => {
    expect(indicatorSchema.safeParse(settings).success).toBe(false);
  });

  it('are taken with decimals where the parameter has them', () => {
    const settings = settingsOf('bollinger', { multiplier: 2.3 });
    expect(indicatorSchema.safeParse(settings).success).toBe(true);
  });
});
