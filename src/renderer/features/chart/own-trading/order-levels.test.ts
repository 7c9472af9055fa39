import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { PLACED_BY_USER } from '#domain/order.ts';
import { createBotStore } from '../../../stores/bot-store.ts';
import { OrderLevels } from './order-levels.ts';
import { ownLinesOf } from './own-lines.ts';

const id = 'demo:BTC/USDT' as InstrumentId;
const order = (orderId: string, changes: object) => ({
  ...{ id: orderId, instrumentId: id, type: 'limit', side: 'sell', quantity: '2' },
  ...{ filledQuantity: '0', limitPrice: '110', triggerPrice: null, triggeredTime: null },
  ...{ status: 'accepted', why: PLACED_BY_USER, ...changes },
});

function setUp(...openOrders: object[]) {
  const bots = createBotStore();
  const position = { instrumentId: id, quantity: '1.5', averagePrice: '100', unrealizedPnl: '0' };
  const bot = { config: { id: 'b', name: 'B' }, position, otherPositions: [], openOrders };
  bots.setState({ bots: { b: bot as never } });
  const asked: unknown[] = [];
  const commands = {
    move: async (moved: { id: string }, price: number) => {
      asked.push(['move', moved.id, price]);
      return succeed({} as never);
    },
    cancel: async (orderId: string) => {
      asked.push(['cancel', orderId]);
      return succeed({} as never);
    },
  };
  const lines = ownLinesOf([bot as never], id).filter(({ kind }) => kind === 'order');
  return { levels: new OrderLevels(bots, commands, id), lines, asked };
}

describe('orders that can be taken hold of', () => {
  it('are those of the user, where they act next; the others are lines', () => {
    const { levels, lines } = setUp(
      order('limit', {}),
      order('stop', { type: 'stop', limitPrice: null, triggerPrice: '95' }),
      order('trailing', { type: 'trailingStop', limitPrice: null, triggerPrice: '96' }),
      order('strategy’s', { why: 'Level 3', limitPrice: '120' }),
      order('elsewhere', { instrumentId: 'demo:ETH/USDT' }),
    );
    expect(levels.list().map(({ id: orderId, price }) => [orderId, price])).toEqual([
      ['limit', 110],
      ['stop', 95],
    ]);
    expect(lines.map(({ price }) => price)).toEqual([96, 120]);
  });

  it('say what they would win or lose of the position that they close, and no more', () => {
    const { levels } = setUp(
      order('more than is held', {}),
      order('a part', { quantity: '0.5', type: 'stop', limitPrice: null, triggerPrice: '95' }),
      order('adds to it', { side: 'buy', limitPrice: '90' }),
    );
    const titles = levels.list().map(({ titleAt, price }) => titleAt(price));
    expect(titles).toEqual(['▼ 2 +15.00', '▼ 0.5 −2.50', '▲ 2']);
  });

  it('say what it would be at the price that they are dragged to', () => {
    const { levels } = setUp(order('dragged', { quantity: '1' }));
    expect(levels.list().map(({ titleAt }) => titleAt(105.5))).toEqual(['▼ 1 +5.50']);
  });

  it('are moved and canceled by their names', async () => {
    const { levels, asked } = setUp(order('limit', {}));
    await levels.move('limit', 111);
    await levels.remove('limit');
    expect((await levels.move('gone', 1)).ok).toBe(false);
    expect(asked).toEqual([
      ['move', 'limit', 111],
      ['cancel', 'limit'],
    ]);
  });
});
