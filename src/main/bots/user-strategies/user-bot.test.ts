import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { submittedOrder } from '#domain/order.ts';
import { flatPosition } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { BENCH_ID, benchInstrument } from '#tests/fakes/bot-bench.ts';
import { UserBot } from './user-bot.ts';

const NOW = 1_000 as EpochMs;

/** As a module sees it that has one order open. */
function bot() {
  const one = new UserBot({
    ...{ botId: 'b', folder: '/nowhere', instrument: benchInstrument },
    ...{ parameters: {}, indicators: {}, state: {} },
  });
  const from = { id: 'b-1', botId: 'b', instrumentId: BENCH_ID };
  const draft = { type: 'market', side: 'buy', quantity: '1' as DecimalString } as const;
  one.look({
    ...{ time: NOW, position: flatPosition('b', BENCH_ID, NOW), cash: '100' as DecimalString },
    ...{ openOrders: [submittedOrder(draft, from, NOW)], orderSequence: 1 },
    ...{ lastPrice: 1, bids: [], asks: [] },
  });
  return one;
}

describe('what a user’s module does to its orders', () => {
  it('cancels each order once, and none that is not open, however often it says so', () => {
    const one = bot();
    for (let count = 0; count < 1_000; count += 1) {
      one.orders.cancel('b-1', 'enough');
      one.orders.cancel(`b-${count + 2}`);
    }
    one.orders.cancelAll();
    expect(one.takeActions()).toEqual([{ do: 'cancel', orderId: 'b-1', why: 'enough' }]);
  });

  it('cancels what it has just placed', () => {
    const one = bot();
    const { id } = one.orders.place({ side: 'buy', quantity: 1, why: 'a try' });
    one.orders.cancel(id);
    expect(one.takeActions().map(({ do: what }) => what)).toEqual(['place', 'cancel']);
  });

  it('is told what is wrong with a reason that is too long', () => {
    const draft = { side: 'buy', quantity: 1, why: 'w'.repeat(501) };
    expect(() => bot().orders.place(draft)).toThrow('order.why: no more than 500 characters');
    expect(() => bot().orders.place({ ...draft, why: undefined })).toThrow(
      'say what the order is for',
    );
  });

  it('is not taken for another order where what it says does not fit its type', () => {
    const draft = { side: 'buy', quantity: 1, why: 'a dip' };
    const refused = (more: object) => () => bot().orders.place({ ...draft, ...more });
    expect(refused({ limitPrice: 90 })).toThrow('order.limitPrice: a market order has none');
    expect(refused({ type: 'stop', triggerPrice: 110, limitPrice: 111 })).toThrow(
      'order.limitPrice: a stop order has none',
    );
    expect(refused({ postOnly: true })).toThrow('order.postOnly: a market order has none');
    const stopLimit = { type: 'stopLimit', triggerPrice: 110, limitPrice: 111 };
    expect(refused({ ...stopLimit, timeInForce: 'ioc' })).toThrow(
      'order.timeInForce: a stopLimit order has none',
    );
    expect(refused({ ...stopLimit, postOnly: true })).not.toThrow();
    expect(refused({ limitPrice: undefined, postOnly: false, timeInForce: 'gtc' })).not.toThrow();
  });

  it('is refused where its numbers are too large to be kept', () => {
    const draft = { side: 'buy', quantity: 1, why: 'a dip' };
    const refused = (more: object) => () => bot().orders.place({ ...draft, ...more });
    expect(refused({ quantity: 1e300 })).toThrow('order.quantity: 1e+300 has more digits');
    expect(refused({ type: 'limit', limitPrice: -1e300 })).toThrow(
      'order.limitPrice: -1e+300 has more digits',
    );
    expect(refused({ quantity: 1e25 })).not.toThrow();
  });
});
