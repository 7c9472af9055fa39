import { describe, expect, it } from 'vitest';
import type { Fill } from '#domain/fill.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { type BotRecord, createBotStore } from '../../../stores/bot-store.ts';
import { OwnTrading, type OwnTradingOptions } from './own-trading.ts';

const BTC = { id: 'demo:BTC/USDT' } as Instrument;
const fill = (number: number, botId = 'b1'): Fill =>
  ({ id: `f${number}`, botId, instrumentId: BTC.id, eventTime: number }) as unknown as Fill;
const record = (fills: readonly Fill[], unrealizedPnl = '0'): BotRecord =>
  ({
    config: { id: 'b1', name: 'Grid', instrumentId: BTC.id },
    position: { quantity: '1', averagePrice: '10', unrealizedPnl, instrumentId: BTC.id },
    ...{ fills, openOrders: [], otherPositions: [] },
  }) as unknown as BotRecord;
const settled = () => new Promise((resolve) => setImmediate(resolve));

function setUp(all: readonly Fill[]) {
  const bots = createBotStore();
  const asked: (string | undefined)[] = [];
  let changes = 0;
  const client = {
    request: async (_method: string, { before, limit }: { before?: string; limit: number }) => {
      asked.push(before);
      const newestFirst = all.toReversed();
      const from = Number(before ?? 0);
      const nextBefore = from + limit < all.length ? String(from + limit) : null;
      return { ok: true, value: { items: newestFirst.slice(from, from + limit), nextBefore } };
    },
  } as unknown as OwnTradingOptions['client'];
  const onChange = () => {
    changes += 1;
  };
  const trading = new OwnTrading({ client, bots, instrument: BTC, onChange });
  const ids = () => trading.fills.map(({ id }) => id);
  return { trading, bots, asked, ids, changes: () => changes };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => fill(index));

describe('OwnTrading', () => {
  it('loads the fills page by page, and has them oldest first', async () => {
    const { ids, asked } = setUp(many(2_500));
    await settled();
    expect(asked).toEqual([undefined, '1000', '2000']);
    expect(ids()).toEqual(many(2_500).map(({ id }) => id));
  });

  it('marks one that is older than those besides, of its bot alone, until another one is', async () => {
    const { trading, bots, ids, changes } = setUp(many(9_000));
    await settled();
    const before = changes();
    trading.add(fill(3));
    expect([ids()[0], ids().length, changes()]).toEqual(['f3', 5_001, before + 1]);
    trading.add(fill(8_000));
    expect(changes()).toBe(before + 1);
    trading.add(fill(4));
    expect(ids().slice(0, 2)).toEqual(['f4', 'f4000']);
    bots.setState({ botIds: [], bots: {} });
    expect(ids()).toEqual([]);
  });

  it('loads no more than it marks', async () => {
    const { ids, asked } = setUp(many(9_000));
    await settled();
    expect([asked.length, ids().length, ids().at(-1)]).toEqual([5, 5_000, 'f8999']);
  });

  it('takes in what the store brings, and drops what a removed bot did', async () => {
    const { trading, bots, ids } = setUp(many(2));
    await settled();
    const before = trading.fillsVersion;
    bots.setState({ botIds: ['b1'], bots: { b1: record([fill(7)]) } });
    expect(ids()).toEqual(['f0', 'f1', 'f7']);
    expect(trading.fillsVersion).toBeGreaterThan(before);
    bots.setState({ botIds: [], bots: {} });
    expect(ids()).toEqual([]);
  });

  it('has other lines when the position is worth something else, and the same fills', async () => {
    const { trading, bots, changes } = setUp([]);
    await settled();
    bots.setState({ botIds: ['b1'], bots: { b1: record([]) } });
    const [version, told] = [trading.fillsVersion, changes()];
    const { botIds } = bots.getState();
    bots.setState({ botIds, bots: { b1: record([], '5') } });
    expect(trading.lines[0]?.title).toContain('+5.00');
    expect([trading.fillsVersion, changes()]).toEqual([version, told + 1]);
  });

  it('does not care what other instruments’ bots win or lose', async () => {
    const { bots, changes } = setUp([]);
    await settled();
    const instrumentId = 'demo:ETH/USDT' as InstrumentId;
    const other = (unrealizedPnl: string): BotRecord => ({
      ...record([], unrealizedPnl),
      config: { id: 'b2', name: 'Other', instrumentId } as BotRecord['config'],
      position: { ...record([], unrealizedPnl).position, instrumentId },
    });
    const botIds = ['b1', 'b2'];
    bots.setState({ botIds, bots: { b1: record([]), b2: other('0') } });
    const told = changes();
    bots.setState({ botIds, bots: { ...bots.getState().bots, b2: other('5') } });
    expect(changes()).toBe(told);
  });

  it('tells nothing any more once it is ended', async () => {
    const { trading, bots, changes } = setUp(many(3));
    trading.dispose();
    await settled();
    bots.setState({ botIds: ['b1'], bots: { b1: record([fill(7)]) } });
    expect(changes()).toBe(0);
  });
});
