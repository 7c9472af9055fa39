import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { Trade } from '#domain/trade.ts';
import { closedCandle } from '#tests/fakes/market-events.ts';
import { CandlePath, pathOf } from './candle-path.ts';

const ID = 'demo:BTC/USDT' as InstrumentId;
const END = 60_000;

const waitingAt = (limitPrice: string) => ({ limitPrice, triggerPrice: null }) as Order;

function play(
  prices: readonly [number, number, number, number],
  orders: readonly Order[],
  onTrade: (trade: Trade) => void = () => undefined,
): readonly Trade[] {
  const trades: Trade[] = [];
  const path = new CandlePath(ID, {
    openOrders: () => orders,
    play: ({ trade }) => {
      trades.push({ ...trade });
      onTrade(trade);
    },
  });
  path.play(closedCandle(0, prices), END);
  return trades;
}

describe('the path of a candle', () => {
  it('goes to the nearer extreme first', () => {
    expect(pathOf(closedCandle(0, [10, 11, 7, 9]))).toEqual([10, 11, 7, 9]);
    expect(pathOf(closedCandle(0, [10, 14, 9, 11]))).toEqual([10, 9, 14, 11]);
  });

  it('stops where an order waits on the way, as often as the way passes it', () => {
    const trades = play([10, 14, 9, 11], [waitingAt('12'), waitingAt('13'), waitingAt('20')]);
    expect(trades.map(({ price }) => price)).toEqual([10, 9, 12, 13, 14, 13, 12, 11]);
    expect(trades.map(({ aggressorSide }) => aggressorSide[0]).join('')).toBe('bsbbbsss');
    const times = trades.map(({ eventTime }) => eventTime);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(END - 1);
    expect(new Set(trades.map(({ id }) => id)).size).toBe(trades.length);
  });

  it('is its close alone where nothing waits', () => {
    expect(play([10, 14, 9, 11], []).map(({ price }) => price)).toEqual([11]);
  });

  it('sees what was placed on the way', () => {
    const orders = [waitingAt('12')];
    const trades = play([10, 14, 9, 11], orders, ({ price }) => {
      if (price === 12 && orders.length < 2) orders.push(waitingAt('12.5'));
    });
    expect(trades.map(({ price }) => price)).toEqual([10, 9, 12, 12.5, 14, 12.5, 12, 11]);
  });

  it('ends also where orders would be placed for ever', () => {
    const orders = [waitingAt('13.5')];
    const halve = ({ price }: Trade) => orders.push(waitingAt(String((price + 14) / 2)));
    expect(play([10, 14, 9, 11], orders, halve).length).toBeLessThan(1_000);
  });
});
