import { type Instrument, instrumentId } from '#domain/instrument.ts';

export const DEMO_EXCHANGE = 'demo';

/** An instrument of the demo exchange and its character. Sizes are in units of the size increment. */
export interface DemoInstrument {
  readonly instrument: Instrument;
  readonly basePrice: number;
  /** Price increments in one unit of the quote currency; prices are kept as whole increments. */
  readonly priceScale: number;
  readonly sizeScale: number;
  /** Against the first instrument's. */
  readonly relativeVolatility: number;
  readonly tradesPerSecond: number;
  readonly medianTradeSize: number;
  readonly medianLevelSize: number;
  /** The ladder has one level in each stretch of so many price increments. */
  readonly levelSpacing: number;
}

/** Of the kind that a large spot exchange grants its better customers. */
const TERMS = { minNotional: 5, makerFeeBps: 0.5, takerFeeBps: 5 };

function instrument(base: string, priceScale: number, sizeScale: number): Instrument {
  const symbol = `${base}/USDT`;
  return {
    id: instrumentId(DEMO_EXCHANGE, symbol),
    exchange: DEMO_EXCHANGE,
    symbol,
    base,
    quote: 'USDT',
    priceIncrement: 1 / priceScale,
    sizeIncrement: 1 / sizeScale,
    ...TERMS,
  };
}

export const DEMO_INSTRUMENTS: readonly DemoInstrument[] = [
  {
    instrument: instrument('BTC', 10, 100_000),
    basePrice: 60_000,
    priceScale: 10,
    sizeScale: 100_000,
    relativeVolatility: 1,
    tradesPerSecond: 3,
    medianTradeSize: 700,
    medianLevelSize: 25_000,
    levelSpacing: 10,
  },
  {
    instrument: instrument('ETH', 100, 10_000),
    basePrice: 3_000,
    priceScale: 100,
    sizeScale: 10_000,
    relativeVolatility: 1.2,
    tradesPerSecond: 2,
    medianTradeSize: 900,
    medianLevelSize: 40_000,
    levelSpacing: 6,
  },
];
