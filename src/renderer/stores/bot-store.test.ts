import { describe, expect, it } from 'vitest';
import type { BotView } from '#contract/requests.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order, OrderStatus } from '#domain/order.ts';
import {
  type BotState,
  createBotStore,
  FILLS_KEPT,
  fillsOfInstrument,
  mergeFills,
  mergeOrder,
  withBot,
  withChange,
  withoutBot,
} from './bot-store.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const fill = (id: number, instrumentId = BTC) =>
  ({ id: `f${id}`, eventTime: id, instrumentId }) as unknown as Fill;
const order = (id: string, status: OrderStatus, createdTime: number) =>
  ({ id, status, createdTime }) as unknown as Order;
const view = (id: string, createdTime: number, name = id) =>
  ({
    config: { id, name, createdTime },
    status: { state: 'running' },
    position: {},
  }) as unknown as BotView;
const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);

describe('mergeFills', () => {
  it('keeps each fill once, newest first', () => {
    const known = mergeFills([], [fill(2), fill(3)]);
    const merged = mergeFills(known, [fill(3), fill(1), fill(4)]);
    expect(ids(merged)).toEqual(['f4', 'f3', 'f2', 'f1']);
    expect(mergeFills(merged, [fill(2)])).toBe(merged);
  });

  it('keeps the newest hundred', () => {
    const many = Array.from({ length: FILLS_KEPT + 20 }, (_, index) => fill(index));
    const merged = mergeFills([], many);
    expect(merged).toHaveLength(FILLS_KEPT);
    expect(merged[0]?.id).toBe(`f${FILLS_KEPT + 19}`);
  });
});

describe('mergeOrder', () => {
  it('keeps open orders, newest first, and drops one when it is final', () => {
    const one = mergeOrder([], order('a', 'accepted', 1));
    const two = mergeOrder(one, order('b', 'partiallyFilled', 2));
    expect(ids(two)).toEqual(['b', 'a']);
    expect(ids(mergeOrder(two, order('b', 'filled', 2)))).toEqual(['a']);
  });
});

describe('the bot store', () => {
  const start = (): BotState => createBotStore().getState();

  it('lists bots by creation and keeps fills when a newer view comes', () => {
    const two = withBot(withBot(start(), view('b', 2)), view('a', 1));
    const withFill = withChange(two, 'a', () => ({ fills: [fill(1)] }));
    const renamed = withBot(withFill, view('a', 1, 'renamed'));
    expect(renamed.botIds).toEqual(['a', 'b']);
    expect(renamed.bots['a']?.config.name).toBe('renamed');
    expect(renamed.bots['a']?.fills).toHaveLength(1);
  });

  it('leaves every other bot as it is, so that only one row renders', () => {
    const two = withBot(withBot(start(), view('a', 1)), view('b', 2));
    const changed = withChange(two, 'a', () => ({ fills: [fill(1)] }));
    expect(changed.bots['b']).toBe(two.bots['b']);
    expect(withChange(two, 'gone', () => ({ fills: [] }))).toBe(two);
  });

  it('forgets a bot with its log', () => {
    const one = { ...withBot(start(), view('a', 1)), logs: { a: [] } };
    expect(withoutBot(one, 'a')).toEqual({ botIds: [], bots: {}, logs: {} });
  });

  it('gives an instrument’s fills of all bots, oldest first, the same array while nothing changes', () => {
    const eth = 'demo:ETH/USDT' as InstrumentId;
    const two = withBot(withBot(start(), view('a', 1)), view('b', 2));
    const filled = withChange(
      withChange(two, 'a', () => ({ fills: [fill(3), fill(2, eth)] })),
      'b',
      () => ({ fills: [fill(1)] }),
    );
    expect(ids(fillsOfInstrument(filled, BTC))).toEqual(['f1', 'f3']);
    expect(fillsOfInstrument(filled, BTC)).toBe(fillsOfInstrument({ bots: filled.bots }, BTC));
    expect(fillsOfInstrument(filled, null)).toEqual([]);
  });
});
