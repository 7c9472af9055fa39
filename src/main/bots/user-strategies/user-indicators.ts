import type { Candle } from '#domain/candle.ts';
import { ExponentialCloseAverage, SimpleAverage } from '../indicators/averages.ts';
import { BollingerChannel, DonchianChannel } from '../indicators/channels.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { RelativeStrength } from '../indicators/relative-strength.ts';
import { AverageTrueRange } from '../indicators/true-range.ts';

const SHORTEST = 2;
const LONGEST = 5_000;

function period(given: number): number {
  if (Number.isInteger(given) && given >= SHORTEST && given <= LONGEST) return given;
  throw new RangeError(`an indicator's period is a whole number from ${SHORTEST} to ${LONGEST}`);
}

/** What a module makes its indicators with. */
const MAKERS = {
  sma: (n: number): Indicator => new SimpleAverage(period(n)),
  ema: (n: number): Indicator => new ExponentialCloseAverage(period(n)),
  rsi: (n: number): Indicator => new RelativeStrength(period(n)),
  atr: (n: number): Indicator => new AverageTrueRange(period(n)),
  donchian: (n: number): Indicator => new DonchianChannel(period(n)),
  bollinger: (n: number, deviations = 2): Indicator => new BollingerChannel(period(n), deviations),
};
export type IndicatorMakers = typeof MAKERS;

/** The indicators that a module has asked for, by its own names. */
export class UserIndicators {
  readonly #indicators = new Map<string, Indicator>();
  /** Their values, as properties of their names. */
  readonly values: Readonly<Record<string, unknown>>;

  constructor(made: Readonly<Record<string, unknown>>) {
    const values = {};
    for (const [name, indicator] of Object.entries(made)) {
      if (!isIndicator(indicator)) throw new TypeError(`indicators.${name}: make it with "make"`);
      this.#indicators.set(name, indicator);
      Object.defineProperty(values, name, { enumerable: true, get: () => indicator.value });
    }
    this.values = values;
  }

  static make(
    create: (makers: IndicatorMakers) => Readonly<Record<string, unknown>>,
  ): UserIndicators {
    return new UserIndicators(create(MAKERS));
  }

  add(candle: Candle): void {
    for (const indicator of this.#indicators.values()) indicator.add(candle);
  }

  reset(): void {
    for (const indicator of this.#indicators.values()) indicator.reset();
  }

  save(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#indicators].map(([name, one]) => [name, one.save()]));
  }

  restore(saved: Readonly<Record<string, unknown>>): void {
    for (const [name, indicator] of this.#indicators) indicator.restore(saved[name]);
  }
}

const isIndicator = (value: unknown): value is Indicator =>
  value instanceof SimpleAverage ||
  value instanceof ExponentialCloseAverage ||
  value instanceof RelativeStrength ||
  value instanceof AverageTrueRange ||
  value instanceof DonchianChannel ||
  value instanceof BollingerChannel;
