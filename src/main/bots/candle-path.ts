import { invariant } from '#domain/assert.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
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
  readonly instrumentId: InstrumentId;
  readonly openOrders: () => readonly Order[];
  /** A price of the way, as a trade. */
  readonly play: (trade: Trade) => void;
}

/**
 * Plays a candle that ends at `endTime` as trades along its path: at its turns, and on the way at each
 * price at which an order waits. Orders are looked at anew after each trade, since it may change them.
 * Where none waits at the start, only the close is played.
 */
export function playCandle(candle: Candle, endTime: number, stage: CandleStage): void {
  const { open, close } = candle;
  if (stage.openOrders().length === 0) {
    const isUp = close >= open;
    stage.play(tradeAt(candle, stage, { id: CLOSE_ID, price: close, isUp, time: endTime - 1 }));
    return;
  }
  const stepMs = (endTime - 1 - candle.openTime) / (LEGS - 1);
  let stops = 0;
  const play = (price: number, isUp: boolean, turn: number) => {
    stops += 1;
    invariant(stops <= MOST_STOPS, 'orders within one candle come to an end');
    const time = Math.floor(candle.openTime + turn * stepMs);
    const id = `${candle.openTime}-${stops}`;
    stage.play(tradeAt(candle, stage, { id, price, isUp, time }));
  };
  play(open, close >= open, 0);
  const turns = pathOf(candle);
  let current: number = open;
  for (let turn = 1; turn < LEGS; turn += 1) {
    const target = turns[turn] ?? close;
    const isUp = target > current;
    while (current !== target) {
      current = nearest(stage.openOrders(), current, target);
      play(current, isUp, turn);
    }
  }
}

/** Always the same: it is on no tape, and millions of texts are not made for nothing. */
const CLOSE_ID = 'close';

const tradeAt = (
  { volume }: Candle,
  { instrumentId }: CandleStage,
  { id, price, isUp, time }: { id: string; price: number; isUp: boolean; time: number },
): Trade => ({
  instrumentId,
  id,
  price: price as Price,
  size: (volume / LEGS) as Size,
  aggressorSide: isUp ? 'buy' : 'sell',
  eventTime: time as EpochMs,
  receivedTime: time as EpochMs,
});

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
