import type { Clock } from '#domain/clock.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';

/** What a stream needs of the run that it belongs to. */
export interface StreamHost {
  readonly house: ExchangeHouse;
  /** The run's own, for its sockets. */
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
  readonly tell: (event: MarketEvent) => void;
  readonly reject: (reason: string) => void;
}

/** One thing that is watched of one symbol. */
export interface Stream {
  readonly name: 'trades' | 'book' | 'quotes' | 'liquidations';
  readonly symbol: string;
  /** Waits for the next news and tells it. Does no work besides: what comes meanwhile may be lost. */
  next(): Promise<void>;
  /** What was told of it holds no more. */
  lose(reason: string): void;
}
