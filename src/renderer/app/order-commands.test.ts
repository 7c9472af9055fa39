import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Order } from '#domain/order.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { type Notice, Notices } from '../stores/notices.ts';
import { OrderCommands } from './order-commands.ts';

const ORDER = {
  ...{ id: 'bot1-7', botId: 'bot1', instrumentId: 'demo:BTC/USDT', side: 'buy', quantity: '0.50' },
  ...{ type: 'limit', limitPrice: '99', triggerPrice: null, status: 'accepted', reason: null },
} as Order;

function setUp(answer: Result<Order>) {
  const asked: unknown[] = [];
  const said: Notice[] = [];
  const client = {
    request: async (...request: unknown[]) => {
      asked.push(request);
      return answer;
    },
  } as unknown as ConstructorParameters<typeof OrderCommands>[0];
  const notices = new Notices(new FakeClock());
  notices.store.subscribe(({ shown }) => shown && said.push(shown));
  const commands = new OrderCommands(client, notices);
  return { asked, said, commands, texts: () => said.map(({ text }) => text()) };
}

const REQUEST = { botId: 'bot1', type: 'market', side: 'buy', quantity: '1' } as never;

describe('orders by hand', () => {
  it('are told when they are placed, and taken back while they wait', async () => {
    const { asked, said, commands, texts } = setUp(succeed(ORDER));
    await commands.place(REQUEST);
    expect(texts()).toEqual(['▲ 0.5 BTC/USDT: order placed, accepted']);
    await said[0]?.undo?.();
    expect(asked.at(-1)).toEqual(['orders.cancel', { orderId: 'bot1-7' }]);
  });

  it('are not taken back once they are filled', async () => {
    const { said, commands } = setUp(succeed({ ...ORDER, status: 'filled' }));
    await commands.place(REQUEST);
    expect(said.map(({ undo }) => undo)).toEqual([undefined]);
  });

  it('that are rejected are a failure, with the reason', async () => {
    const reason = 'insufficient funds';
    const { said, commands } = setUp(succeed({ ...ORDER, status: 'rejected', reason }));
    expect(await commands.place(REQUEST)).toEqual(fail('invalid_state', reason));
    expect(said).toEqual([]);
  });

  const PAIR = { botId: 'bot1', orders: [] } as never;
  const pairOf = (...orders: Partial<Order>[]) =>
    succeed({
      orders: orders.map((changes, index) => ({ ...ORDER, id: `bot1-${index}`, ...changes })),
    });

  it('that come as a pair are told as one, and taken back together', async () => {
    const { asked, said, commands, texts } = setUp(pairOf({}, { side: 'sell' }) as never);
    expect((await commands.placePair(PAIR)).ok).toBe(true);
    expect(texts()).toEqual(['▲ 0.5 BTC/USDT, ▼ 0.5 BTC/USDT: placed, one cancels the other']);
    await said[0]?.undo?.();
    expect(asked.slice(1)).toEqual([
      ['orders.cancel', { orderId: 'bot1-0' }],
      ['orders.cancel', { orderId: 'bot1-1' }],
    ]);
  });

  it.each([
    [{ status: 'rejected', reason: 'the other of its pair is refused: too dear' }, 'rejected'],
    [{ status: 'canceled', reason: 'bot1-1 of its pair was refused: too dear' }, 'rejected'],
  ] as const)(
    'that come as a pair are none where one is refused, for its reason',
    async (first, status) => {
      const answer = pairOf(first, { status, reason: 'too dear' });
      const { said, commands } = setUp(answer as never);
      expect(await commands.placePair(PAIR)).toEqual(fail('invalid_state', 'too dear'));
      expect(said).toEqual([]);
    },
  );

  it('are moved, and moved back', async () => {
    const { asked, said, commands, texts } = setUp(succeed(ORDER));
    await commands.move(ORDER, 98.5);
    expect(texts()).toEqual(['▲ 0.5 BTC/USDT: order moved to 98.5']);
    await said[0]?.undo?.();
    expect(asked).toEqual([
      ['orders.change', { orderId: 'bot1-7', limitPrice: '98.5' }],
      ['orders.change', { orderId: 'bot1-7', limitPrice: '99' }],
    ]);
  });

  it('that cannot be moved say nothing of it', async () => {
    const { said, commands } = setUp(fail('invalid_state', 'The order is already filled'));
    expect((await commands.move(ORDER, 98)).ok).toBe(false);
    expect(said).toEqual([]);
  });
});
