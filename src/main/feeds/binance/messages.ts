import type { BookLevel } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { BinanceMarket } from './symbols.ts';

/** What Binance says, in the domain's words. `symbol` is still Binance's (`BTCUSDT`). */
export type BinanceMessage =
  | BinanceTrade
  | BinanceQuote
  | BinanceDepth
  | BinanceDepthSnapshot
  | BinanceForcedOrder
  /** A message that is fine and that nothing here is interested in. */
  | { readonly kind: 'other' };

export interface BinanceTrade {
  readonly kind: 'trade' | 'aggregateTrade';
  readonly market: BinanceMarket;
  readonly symbol: string;
  readonly id: string;
  readonly price: Price;
  readonly size: Size;
  readonly aggressorSide: Side;
  readonly eventTime: EpochMs;
}

export interface BinanceQuote {
  readonly kind: 'quote';
  readonly market: BinanceMarket;
  readonly symbol: string;
  /** The book's update id that this quote belongs to. */
  readonly updateId: number;
  readonly bidPrice: Price;
  readonly bidSize: Size;
  readonly askPrice: Price;
  readonly askSize: Size;
  /** Null on spot, which sends none. */
  readonly eventTime: EpochMs | null;
}

export interface BinanceDepth {
  readonly kind: 'depth';
  readonly market: BinanceMarket;
  readonly symbol: string;
  /** The update ids that this delta covers, both inclusive. */
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  /** `lastUpdateId` of the delta before; futures only, else null. */
  readonly previousUpdateId: number | null;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly eventTime: EpochMs;
}

/** A forced order of USD-M futures: a position that was liquidated. */
export interface BinanceForcedOrder {
  readonly kind: 'forcedOrder';
  readonly symbol: string;
  /** Of the order: a long position is sold. */
  readonly side: Side;
  /** What it was filled at, on the average of all of it. */
  readonly price: Price;
  readonly size: Size;
  readonly eventTime: EpochMs;
}

/** The REST answer; it does not name its symbol. */
export interface BinanceDepthSnapshot {
  readonly kind: 'depthSnapshot';
  readonly lastUpdateId: number;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly eventTime: EpochMs | null;
}
