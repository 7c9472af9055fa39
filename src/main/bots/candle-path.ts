import { invariant } from '#domain/assert.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** More stops than this within one candle are orders that answer themselves without end. */
const MOST_STOPS = 10_000;
const LEGS = 4;

/**
 * The way that the price is taken to have gone within a candle, where nothing but the candle is known:
 * from the open to the nearer extreme, to the other one, to the close.
 */
export function pathOf({ open, high, low, close }: Candle): readonly number[] {
  return high - open <= open - low ? [open, high, low, close] : [open, low, high, close];
}

export interface CandleStage {
  readonly openOrders: () => readonly Order[];
  /** A price of the way, as a trade: another one after that, where it is the close alone. */
  readonly play: (event: TradeEvent) => void;
}

type TradeEvent = Extract<MarketEvent, { kind: 'trade' }>;

/**
 * Plays candles as trades along their paths: at the turns, and on the way at each price at which an
 * order waits. Orders are looked at anew after each trade, since it may change them. Where none waits at
 * the start, only the close is played.
 */
export class CandlePath {
  readonly #instrumentId: InstrumentId;
  readonly #stage: CandleStage;
  /** The same for all closes: it is on no tape, and millions of objects are not made for nothing. */
  readonly #close;
  readonly #closeEvent: TradeEvent;

  constructor(instrumentId: InstrumentId, stage: CandleStage) {
    this.#instrumentId = instrumentId;
    this.#stage = stage;
    this.#close = {
      ...{ instrumentId, id: 'close', price: 0.5 as Price, size: 0.5 as Size },
      ...{ eventTime: 0.5 as EpochMs, receivedTime: 0.5 as EpochMs },
      aggressorSide: 'buy' as Side,
    };
    this.#closeEvent = { kind: 'trade', trade: this.#close };
  }

  /** A candle that ends at `endTime`. */
  play(candle: Candle, endTime: number): void {
    if (this.#stage.openOrders().length === 0) this.#playClose(candle, endTime);
    else this.#playWay(candle, endTime);
  }

  #playClose({ open, close, volume }: Candle, endTime: number): void {
    const trade = this.#close;
    const time = (endTime - 1) as EpochMs;
    trade.price = close;
    trade.size = (volume / LEGS) as Size;
    trade.aggressorSide = close >= open ? 'buy' : 'sell';
    trade.eventTime = time;
    trade.receivedTime = time;
    this.#stage.play(this.#closeEvent);
  }

  #playWay(candle: Candle, endTime: number): void {
    const { open, close, openTime, volume } = candle;
    const stepMs = (endTime - 1 - openTime) / (LEGS - 1);
    let stops = 0;
    const play = (price: number, isUp: boolean, turn: number) => {
      stops += 1;
      invariant(stops <= MOST_STOPS, 'orders within one candle come to an end');
      const time = Math.floor(openTime + turn * stepMs) as EpochMs;
      const trade: Trade = {
        ...{ instrumentId: this.#instrumentId, id: `${openTime}-${stops}` },
        ...{ price: price as Price, size: (volume / LEGS) as Size },
        aggressorSide: isUp ? 'buy' : 'sell',
        ...{ eventTime: time, receivedTime: time },
      };
      this.#stage.play({ kind: 'trade', trade });
    };
    play(open, close >= open, 0);
    const turns = pathOf(candle);
    let current: number = open;
    for (let turn = 1; turn < LEGS; turn += 1) {
      const target = turns[turn] ?? close;
      const isUp = target > current;
      while (current !== target) {
        current = nearest(this.#stage.openOrders(), current, target);
        play(current, isUp, turn);
      }
    }
  }
}

/** The first price on the way at which an order waits, else the end of the way. */
function nearest(orders: readonly Order[], from: number, to: number): number {
  let found = to;
  for (const order of orders) {
    for (const text of [order.triggerPrice, order.limitPrice]) {
      if (text === null) continue;
      const price = Number(text);
      const isOnTheWay = to > from ? price > from && price < found : price < from && price > found;
      if (isOnTheWay) found = price;
    }
  }
  return found;
}
