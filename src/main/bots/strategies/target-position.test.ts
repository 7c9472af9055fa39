import { describe, expect, it } from 'vitest';
import { type DecimalString, ZERO } from '#domain/decimal.ts';
import { type Order, submittedOrder } from '#domain/order.ts';
import { flatPosition } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { BENCH_ID, benchInstrument } from '#tests/fakes/bot-bench.ts';
import type { StrategyContext } from '../strategy.ts';
import { TargetPosition } from './target-position.ts';

const NOW = 0 as EpochMs;
const money = (text: string) => text as DecimalString;

/** An exchange that is far away: what is sent there, or canceled, is under way until it is told of. */
function farAway(stopLossPercent = 0) {
  const options = { quantity: money('1'), directions: 'both', stopLossPercent } as const;
  let target = new TargetPosition(options, undefined);
  let quantity = money('0');
  let open: Order[] = [];
  const placed: string[] = [];
  const context: StrategyContext = {
    ...{ instrument: benchInstrument, time: NOW, cash: ZERO, orderSequence: 0 },
    market: {
      book: { isReady: false, best: () => undefined, level: () => undefined },
      quote: null,
      lastTrade: null,
    },
    get position() {
      const averagePrice = quantity === '0' ? null : money('100');
      return { ...flatPosition('b', BENCH_ID, NOW), quantity, averagePrice };
    },
    get openOrders() {
      return open;
    },
    place: (draft) => {
      placed.push(`${draft.type === 'stop' ? 'stop to ' : ''}${draft.side} ${draft.quantity}`);
      const id = `b-${placed.length}`;
      const order = submittedOrder(draft, { id, botId: 'b', instrumentId: BENCH_ID }, NOW);
      open.push(order);
      return order;
    },
    cancel: (id) => open.find((order) => order.id === id),
    log: () => undefined,
  };
  const hear = (status: 'filled' | 'canceled', held: string) => {
    const [order, ...rest] = open;
    if (!order) throw new Error('nothing is under way');
    open = rest;
    quantity = money(held);
    target.onOrder({ ...order, status }, context);
  };
  return {
    placed,
    hear,
    moveTo: (direction: -1 | 0 | 1) => target.moveTo(direction, 'a signal', context),
    restart: () => {
      target = new TargetPosition(options, JSON.parse(JSON.stringify(target.save())));
    },
  };
}

describe('a target that moves while an order is on its way there', () => {
  it('waits for what becomes of that: filled before it could be canceled', () => {
    const { moveTo, hear, placed } = farAway();
    moveTo(1);
    moveTo(-1);
    expect(placed).toEqual(['buy 1']);
    hear('filled', '1');
    expect(placed).toEqual(['buy 1', 'sell 2']);
  });

  it('or canceled', () => {
    const { moveTo, hear, placed } = farAway();
    moveTo(1);
    moveTo(0);
    moveTo(-1);
    hear('canceled', '0');
    expect(placed).toEqual(['buy 1', 'sell 1']);
  });

  it('does not stay in a position that is no longer wanted', () => {
    const { moveTo, hear, placed } = farAway();
    moveTo(1);
    moveTo(0);
    hear('filled', '1');
    expect(placed).toEqual(['buy 1', 'sell 1']);
  });

  it('guards what it has where that is what is wanted in the end', () => {
    const { moveTo, hear, placed } = farAway(5);
    moveTo(1);
    moveTo(0);
    moveTo(1);
    hear('filled', '1');
    expect(placed).toEqual(['buy 1', 'stop to sell 1']);
  });

  it('[X2] goes there after a restart as well, and stays where it is already', () => {
    const { moveTo, hear, placed, restart } = farAway();
    moveTo(1);
    moveTo(-1);
    moveTo(1);
    restart();
    hear('filled', '1');
    expect(placed).toEqual(['buy 1']);
    moveTo(-1);
    expect(placed).toEqual(['buy 1', 'sell 2']);
  });
});
