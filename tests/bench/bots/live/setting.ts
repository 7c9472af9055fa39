import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';

/** What runs in the live part of the bench: 200 bots of all strategies on 20 instruments. */

export const INSTRUMENTS = 20;
const BOTS_AN_INSTRUMENT = 10;
export const TRADES_A_SECOND = 5_000;
/** What it is asked for by; the symbols are invented, and so are their trades. */
export const FEED_SPEC = `ccxt:bench:${Array.from({ length: INSTRUMENTS }, (_, index) => symbol(index)).join(',')}`;

function symbol(index: number): string {
  return `S${index}/USDT`;
}

export const instrumentIdOf = (index: number): InstrumentId =>
  `bench:${symbol(index)}` as InstrumentId;

export const instruments: readonly Instrument[] = Array.from(
  { length: INSTRUMENTS },
  (_, index) => ({
    id: instrumentIdOf(index),
    exchange: 'bench',
    symbol: symbol(index),
    base: `S${index}`,
    quote: 'USDT',
    priceIncrement: 0.01,
    sizeIncrement: 0.001,
    ...UNKNOWN_TERMS,
  }),
);

export interface BenchBot {
  readonly name: string;
  readonly strategy: string;
  readonly instrumentId: InstrumentId;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Candles of a second, so that a run of a minute has signals. */
const SECONDS = { interval: '1s', quantity: '0.1', directions: 'both' } as const;

/** Two of each strategy on each instrument, with different parameters. */
const KINDS: readonly Omit<BenchBot, 'name' | 'instrumentId'>[] = [
  { strategy: 'ma-cross', params: { ...SECONDS, average: 'EMA', fast: 5, slow: 15 } },
  { strategy: 'ma-cross', params: { ...SECONDS, average: 'SMA', fast: 8, slow: 21 } },
  { strategy: 'rsi-reversion', params: { ...SECONDS, period: 14 } },
  { strategy: 'rsi-reversion', params: { ...SECONDS, period: 9 } },
  { strategy: 'donchian-breakout', params: { ...SECONDS, entryPeriod: 20, exitPeriod: 10 } },
  { strategy: 'donchian-breakout', params: { ...SECONDS, entryPeriod: 30, exitPeriod: 15 } },
  { strategy: 'grid', params: { levels: 5, spacingBps: 8, quantity: '0.1' } },
  { strategy: 'grid', params: { levels: 10, spacingBps: 15, quantity: '0.1' } },
  { strategy: 'dca', params: { amount: '50', everyMinutes: 1, takeProfitPercent: 0.5 } },
  { strategy: 'dca', params: { amount: '20', everyMinutes: 1 } },
];

export const bots: readonly BenchBot[] = Array.from(
  { length: INSTRUMENTS * BOTS_AN_INSTRUMENT },
  (_, index) => {
    const kind = KINDS[index % KINDS.length] as (typeof KINDS)[number];
    const instrument = Math.floor(index / BOTS_AN_INSTRUMENT);
    return { ...kind, name: `${kind.strategy} ${index}`, instrumentId: instrumentIdOf(instrument) };
  },
);
