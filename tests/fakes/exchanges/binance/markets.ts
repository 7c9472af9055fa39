import type { WireAggregate } from './recording.ts';

/** Which of Binance's markets a fake plays, and how that market writes. */
export interface BinanceMarketKind {
  readonly name: 'spot' | 'usdm';
  /** Where its REST begins. */
  readonly restPath: string;
  readonly priceDigits: number;
  readonly sizeDigits: number;
  /** Whether old trades are told only to those who have a key. */
  readonly wantsKeyForOldTrades: boolean;
}

export const SPOT: BinanceMarketKind = {
  name: 'spot',
  restPath: '/api/v3',
  priceDigits: 8,
  sizeDigits: 8,
  wantsKeyForOldTrades: false,
};

export const USDM: BinanceMarketKind = {
  name: 'usdm',
  restPath: '/fapi/v1',
  priceDigits: 2,
  sizeDigits: 3,
  wantsKeyForOldTrades: true,
};

/** What the exchange knows of one instrument besides its book and its true trades. */
export interface BinanceInstrument {
  /** Unified. */
  readonly symbol: string;
  /** `BTCUSDT` */
  readonly id: string;
  /** The update id that the book contains. */
  lastUpdateId: number;
  readonly trades: ToldTrade[];
  readonly aggregates: WireAggregate[];
  /** As its filters say them; those of Bitcoin unless told. */
  readonly steps?: InstrumentSteps;
}

export interface InstrumentSteps {
  readonly tickSize: string;
  readonly stepSize: string;
}

/** A trade as REST tells it. */
export interface ToldTrade {
  readonly id: number;
  readonly price: string;
  readonly qty: string;
  readonly time: number;
  readonly isBuyerMaker: boolean;
}
