import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type BotRecord, type BotRecordInput, botRecordSchema } from '#contract/bot-records.ts';
import type { Publishable } from '#contract/publications.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MemoryExternalBotStore } from '#tests/fakes/memory-external-bot-store.ts';
import { ExternalBots, SILENT_AFTER_MS } from './external-bots.ts';

const OWNER = ownerCaller('owner');
const TIME = 1_760_000_000_000;
const LINE = { isOpen: true, command: () => true };

const record = (id: string, kind: string, data: object, botId = 'b'): BotRecord =>
  botRecordSchema.parse({ botId, id, kind, data } as BotRecordInput);

const running = (id: string, changes: object = {}, botId = 'b') =>
  record(id, 'status', { state: 'running', ...changes }, botId);
const fill = (id: string, fillId = `f${id}`, botId = 'b') =>
  record(
    id,
    'trade',
    {
      ...{ id: fillId, orderId: 'o', instrumentId: 'binance:BTC/USDT', side: 'buy' },
      ...{ quantity: '1', price: '2', fee: '0', feeCurrency: 'USDT', eventTime: TIME },
    },
    botId,
  );
const log = (id: string, message = id, botId = 'b') =>
  record(id, 'log', { level: 'info', message, time: TIME }, botId);
const position = (id: string, quantity: string, instrumentId = 'binance:BTC/USDT') =>
  record(id, 'position', {
    ...{ instrumentId, quantity, cost: '100', averagePrice: '100', updatedTime: TIME },
  });

describe('external bots', () => {
  let dispose = (): void => undefined;
  afterEach(() => dispose());

  function setUp(store = new MemoryExternalBotStore()) {
    const clock = new FakeClock();
    const published: Publishable[] = [];
    const faults: unknown[] = [];
    let price: number | null = null;
    const bots = new ExternalBots({
      ...{ userId: 'owner', store, clock },
      markPrice: () => price,
      createCommandId: () => 'unused',
      isKilled: () => false,
      publish: (item) => published.push(item),
      onFailure: (error) => faults.push(error),
    });
    dispose = () => bots.dispose();
    const send = (...records: BotRecord[]) => {
      const receipts = Promise.all(records.map((one) => bots.publish(one, OWNER, LINE)));
      clock.advance(10);
      return receipts;
    };
    const mark = (value: number) => {
      price = value;
    };
    const of = <K extends Publishable['of']>(kind: K) =>
      published.filter((item): item is Publishable & { of: K } => item.of === kind);
    const state = () => bots.get('b')?.status.state;
    return { bots, store, clock, published, faults, send, mark, of, state };
  }

  it('[X4] tell of nothing before it is on disk', async () => {
    const { bots, clock, published } = setUp();
    const receipt = bots.publish(fill('1'), OWNER, LINE);
    await Promise.resolve();
    expect(published).toEqual([]);
    clock.advance(10);
    expect(await receipt).toEqual({ ok: true, value: { duplicate: false } });
    expect(published.map(({ of }) => of)).toEqual(['fill', 'notification', 'botStatus']);
  });

  it('[X4] share one transaction when they report at the same time', async () => {
    const { send, store } = setUp();
    await send(fill('1'), log('2'), running('1', {}, 'c'), fill('9', 'f9', 'd'));
    expect(store.transactions).toBe(1);
    expect(store.contents.configs.size).toBe(3);
  });

  it('[X4] keep and tell nothing of a group that could not be written, and take it again', async () => {
    const { bots, send, store, published, faults } = setUp();
    store.failure = new Error('disk full');
    const refused = await send(fill('1'), log('2'));
    expect(refused).toMatchObject([
      { ok: false, error: { code: 'unavailable' } },
      { ok: false, error: { code: 'unavailable' } },
    ]);
    expect(faults).toHaveLength(1);
    expect([published, bots.ids()]).toEqual([[], []]);
    store.failure = null;
    expect(await send(fill('1'))).toEqual([{ ok: true, value: { duplicate: false } }]);
    expect(bots.get('b')?.status.fillCount).toBe(1);
  });

  it('[X4] do not repeat a log line, nor go back to an older state, by sending a record again', async () => {
    const { bots, send, store, of } = setUp();
    const first = running('1', { equity: '10' });
    await send(first, log('2'), running('3', { equity: '11' }), position('4', '1'));
    await send(position('5', '2'));
    const again = await send(first, log('2'), position('4', '1'));
    expect(again.every((receipt) => receipt.ok && receipt.value.duplicate)).toBe(true);
    expect(bots.get('b')).toMatchObject({ status: { equity: '11' }, position: { quantity: '2' } });
    expect([store.contents.logs.length, of('botLog').length]).toEqual([1, 1]);
  });

  it('[X4.3] are taken only after the record that they name, in whatever order they come', async () => {
    const { bots, send, store } = setUp();
    const second = { ...log('2'), after: '1' };
    const third = { ...log('3'), after: '2' };
    const early = { ok: false, error: { code: 'unavailable' } };
    expect(await send(second, third)).toMatchObject([early, early]);
    expect(bots.ids()).toEqual([]);
    expect(await send(log('1'), third, second)).toMatchObject([{ ok: true }, early, { ok: true }]);
    expect(await send(third)).toMatchObject([{ ok: true, value: { duplicate: false } }]);
    expect(store.contents.logs.map(({ message }) => message)).toEqual(['1', '2', '3']);
  });

  it('[X4] fall silent a minute after their last word, and are back with the next', async () => {
    const { clock, send, of, state } = setUp();
    await send(running('1'));
    clock.advance(SILENT_AFTER_MS - 1_000);
    expect(state()).toBe('running');
    await send(log('2'));
    clock.advance(SILENT_AFTER_MS - 1_000);
    expect(state()).toBe('running');
    clock.advance(2_000);
    expect(state()).toBe('silent');
    expect(of('botStatus').at(-1)?.status.state).toBe('silent');
    await send(log('3'));
    expect(of('botStatus').at(-1)?.status.state).toBe('running');
  });

  it('[X4] are looked at by fifties, and all within a second', async () => {
    const { clock, send, of } = setUp();
    await send(...Array.from({ length: 120 }, (_, index) => running('1', {}, `b${index}`)));
    clock.advance(SILENT_AFTER_MS - 50);
    const silent = () => of('botStatus').filter(({ status }) => status.state === 'silent').length;
    const atATime: number[] = [];
    for (let ms = 0; ms < 1_200; ms += 50) {
      const before = silent();
      clock.advance(50);
      atATime.push(silent() - before);
    }
    expect(atATime.filter((count) => count > 0)).toEqual([50, 50, 20]);
    expect(silent()).toBe(120);
  });

  it('[X4] fall silent as soon as ever where the clock was set back by an hour', async () => {
    const { clock, send, state } = setUp();
    await send(running('1'));
    clock.jump(-3_600_000);
    clock.advance(SILENT_AFTER_MS + 2_000);
    expect(state()).toBe('silent');
  });

  it('[X4] that stopped do not fall silent: they said so', async () => {
    const { clock, send, state } = setUp();
    await send(record('1', 'status', { state: 'stopped' }));
    clock.advance(2 * SILENT_AFTER_MS);
    expect(state()).toBe('stopped');
  });

  it('[X4] are silent after a restart until they are heard', async () => {
    const { send, store, bots } = setUp();
    await send(running('1', { equity: '12.5', name: 'Maker' }), position('2', '3'));
    bots.dispose();
    const again = setUp(store);
    expect(again.of('botStatus')[0]?.status).toMatchObject({ state: 'silent', equity: '12.5' });
    expect(again.bots.get('b')?.config.name).toBe('Maker');
    await again.send(log('3'));
    expect(again.state()).toBe('running');
  });

  it('[X4] are archived once they are still, and back in sight, as one is told, with what they report next', async () => {
    const { bots, clock, send, of, state, store } = setUp();
    await send(running('1', { name: 'Maker' }), position('2', '3'));
    expect(bots.archive('b', true)).toMatchObject({ ok: false, error: { code: 'invalid_state' } });
    clock.advance(SILENT_AFTER_MS + 1_000);
    expect(bots.archive('b', true)).toMatchObject({ ok: true });
    expect([state(), bots.positions()]).toEqual(['silent', []]);
    await send(running('1', { name: 'Maker' }));
    expect(bots.get('b')?.config.archivedTime).not.toBeNull();
    await send(log('3'), log('4'));
    expect(bots.get('b')).toMatchObject({ config: { archivedTime: null } });
    expect(store.contents.configs.get('b')?.archivedTime).toBeNull();
    expect(bots.positions()).toHaveLength(1);
    const told = of('notification').map(({ notification }) => notification);
    expect(told).toMatchObject([{ kind: 'bot', title: 'Maker reports again' }]);
    expect(store.contents.notifications).toEqual(told);
  });

  it('[X4] are deleted once they are silent, and new bots when they report again', async () => {
    const { bots, clock, send } = setUp();
    await send(running('1', { name: 'Maker' }));
    expect(bots.remove('b')).toMatchObject({ ok: false, error: { code: 'invalid_state' } });
    clock.advance(SILENT_AFTER_MS + 1_000);
    expect(bots.remove('b')).toEqual({ ok: true, value: { botId: 'b' } });
    await send(running('2'));
    expect(bots.get('b')?.config.name).toBe('b');
  });

  it('[X4] begin a day with what the day before ended with, the first one with what they first say', async () => {
    const { send, clock, bots } = setUp();
    const today = () => bots.get('b')?.status.pnlToday;
    await send(running('1', { equity: '5000' }));
    expect(today()).toBe('0');
    await send(running('2', { equity: '5010' }));
    expect(today()).toBe('10');
    clock.jump(24 * 3_600_000);
    expect(today()).toBe('0');
    await send(running('3', { equity: '4990' }));
    expect(today()).toBe('-20');
  });

  it('[X4] have a curve of what they say of their equity, a point a minute at most', async () => {
    const { send, clock, store } = setUp();
    await send(running('1', { equity: '100' }));
    await send(running('2', { equity: '101' }), running('3'));
    clock.jump(60_000);
    await send(running('4'));
    await send(running('5', { equity: '102' }));
    const again = setUp(store);
    again.clock.jump(clock.now() - again.clock.now());
    await again.send(running('6', { equity: '103' }));
    again.clock.jump(60_000);
    await again.send(running('7', { equity: '104' }));
    expect(store.contents.points.map(({ botId, equity }) => [botId, equity])).toEqual([
      ...[
        ['b', '100'],
        ['b', '102'],
        ['b', '104'],
      ],
    ]);
  });

  it('[X4] say what changed only: what they leave out stays', async () => {
    const { bots, send } = setUp();
    await send(running('1', { equity: '10', cash: '4' }), running('2', { equity: '11' }));
    expect(bots.get('b')?.status).toMatchObject({ equity: '11', cash: '4' });
  });

  it('[X4] trade at nothing and below as well, as markets do', async () => {
    const { send, of } = setUp();
    const { data } = fill('1') as BotRecord & { kind: 'trade' };
    const [free, paidFor] = ['0', '-37.63'].map((price, index) =>
      record(`${index}`, 'trade', { ...data, id: `f${index}`, price }),
    );
    if (free && paidFor) await send(free, paidFor);
    expect(of('fill').map(({ fill: { price } }) => price)).toEqual(['0', '-37.63']);
  });

  it('[X3] lose today what they lose today also after a clock that was days ahead', async () => {
    const { bots, clock, send } = setUp();
    clock.jump(40 * 24 * 3_600_000);
    await send(running('1', { equity: '100' }));
    clock.jump(-40 * 24 * 3_600_000);
    await send(running('2', { equity: '90' }));
    await send(running('3', { equity: '70' }));
    expect(bots.get('b')?.status.pnlToday).toBe('-30');
  });

  it('[X3] go on with the day that has begun where the clock is set back by a day', async () => {
    const { bots, clock, send } = setUp();
    await send(running('1', { equity: '100' }), running('2', { equity: '70' }));
    clock.jump(-24 * 3_600_000);
    expect(bots.get('b')?.status.pnlToday).toBe('-30');
    await send(running('3', { equity: '60' }));
    expect(bots.get('b')?.status.pnlToday).toBe('-40');
  });

  it('have a position in each instrument, marked at the last price', async () => {
    const { bots, clock, send, mark, of } = setUp();
    await send(position('1', '2'), position('2', '-1', 'binance:ETH/USDT'));
    mark(60);
    clock.advance(1_000);
    expect(bots.positions().map((one) => one.unrealizedPnl)).toEqual(['20', '-160']);
    const told = of('position').length;
    clock.advance(5_000);
    expect(of('position')).toHaveLength(told);
    mark(70);
    clock.advance(1_000);
    expect(of('position')).toHaveLength(told + 2);
  });

  it('are shown with the first instrument that they name, until they say which', async () => {
    const { bots, send } = setUp();
    await send(log('1'));
    expect(bots.get('b')?.config.instrumentId).toBe('external:unassigned');
    await send(fill('2'));
    await send(position('3', '1', 'binance:ETH/USDT'));
    expect(bots.get('b')?.config.instrumentId).toBe('binance:BTC/USDT');
    await send(running('4', { instrumentId: 'deriv:R_100' }));
    expect(bots.get('b')?.config.instrumentId).toBe('deriv:R_100');
  });

  it('cannot touch one another’s orders and fills by choosing the same ids', async () => {
    const { send, store } = setUp();
    const receipts = await send(fill('1', 'same', 'b'), fill('1', 'same', 'c'));
    expect(receipts.every((receipt) => receipt.ok && !receipt.value.duplicate)).toBe(true);
    expect([...store.contents.fills.keys()]).toEqual(['b:same', 'c:same']);
  });

  it('[H2] are reported only by who reaches them', async () => {
    const { bots, clock } = setUp();
    const caller = { userId: 'ann', scopes: ['publish'], bots: ['c'] } as const;
    const receipts = Promise.all([
      bots.publish(log('1'), caller, LINE),
      bots.publish(log('1', 'hi', 'c'), caller, LINE),
    ]);
    clock.advance(10);
    expect(await receipts).toMatchObject([
      { ok: false, error: { code: 'access_denied' } },
      { ok: true },
    ]);
    expect(bots.ids()).toEqual(['c']);
  });

  it('[H4] are a thousand at most', async () => {
    const { send } = setUp();
    const names = Array.from({ length: 1_000 }, (_, index) => `bot-${index}`);
    await send(...names.map((name) => log('1', 'hi', name)));
    expect(await send(log('1', 'hi', 'one-more'))).toMatchObject([
      { ok: false, error: { code: 'conflict' } },
    ]);
    expect(await send(log('2', 'hi', 'bot-0'))).toMatchObject([{ ok: true }]);
  });

  it('leave no timer behind', async () => {
    const { bots, clock, send } = setUp();
    await send(log('1'));
    bots.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('[X4] count each record once and in order, however they are sent again and whenever we restart', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), id: fc.nat(15) }) },
      { weight: 1, arbitrary: fc.constant({ do: 'flush' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'fail' as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const store = new MemoryExternalBotStore();
        let current = setUp(store);
        const told: string[] = [];
        const kept: string[] = [];
        let waiting: { id: string; receipt: ReturnType<ExternalBots['publish']> }[] = [];
        const settle = async () => {
          current.clock.advance(10);
          for (const { id, receipt } of waiting) {
            const answered = await receipt;
            if (answered.ok && !answered.value.duplicate) kept.push(`b:${id}`);
            if (answered.ok) expect(store.contents.fills.has(`b:${id}`)).toBe(true);
          }
          waiting = [];
          told.push(...current.of('fill').map((one) => one.fill.id));
          current.published.length = 0;
        };
        for (const one of steps) {
          if (one.do === 'send') {
            const id = String(one.id);
            waiting.push({ id, receipt: current.bots.publish(fill(id, id), OWNER, LINE) });
            continue;
          }
          store.failure = one.do === 'fail' ? new Error('disk full') : null;
          await settle();
          store.failure = null;
          if (one.do !== 'restart') continue;
          current.bots.dispose();
          current = setUp(store);
          current.published.length = 0;
        }
        await settle();
        expect(told).toEqual(kept);
        expect([...store.contents.fills.keys()]).toEqual(kept);
        expect(current.bots.get('b')?.status.fillCount ?? 0).toBe(kept.length);
        current.bots.dispose();
      }),
    );
  });
});
