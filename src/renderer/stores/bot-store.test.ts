import { describe, expect, it } from 'vitest';
import type { MarkedPosition } from '#contract/model.ts';
import type { BotView } from '#contract/requests.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order, OrderStatus } from '#domain/order.ts';
import { BotQueue } from './bot-queue.ts';
import {
  type BotState,
  createBotStore,
  FILLS_KEPT,
  fillsOfInstrument,
  mergeFills,
  mergeOrder,
  positionsOf,
  withBots,
  withoutBot,
  withPosition,
} from './bot-store.ts';
import { FrameBatcher } from './frame-batcher.ts';

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
  /** Applies changes in order, in one frame. */
  function start(...work: ((queue: BotQueue) => void)[]) {
    const store = createBotStore();
    const frames = new FrameBatcher({
      request: () => () => undefined,
      onVisibilityChange: () => undefined,
    });
    const queue = new BotQueue(store, frames);
    const frame = (...more: ((queue: BotQueue) => void)[]): BotState => {
      for (const one of more) one(queue);
      frames.flush();
      return store.getState();
    };
    return { state: frame(...work), frame };
  }
  const take =
    (...views: readonly BotView[]) =>
    (queue: BotQueue) =>
      queue.change((state) => withBots(state, views));
  const fills =
    (botId: string, ...fresh: readonly Fill[]) =>
    (queue: BotQueue) =>
      queue.changeBot(botId, (bot) => ({ fills: mergeFills(bot.fills, fresh) }));

  it('lists bots by creation and keeps fills when a newer view comes', () => {
    const { state } = start(
      take(view('b', 2), view('a', 1)),
      fills('a', fill(1)),
      take(view('a', 1, 'renamed')),
    );
    expect(state.botIds).toEqual(['a', 'b']);
    expect(state.bots['a']?.config.name).toBe('renamed');
    expect(state.bots['a']?.fills).toHaveLength(1);
  });

  it('leaves every other bot as it is, so that only one row renders', () => {
    const { state: before, frame } = start(take(view('a', 1), view('b', 2)));
    const changed = frame(fills('a', fill(1)), fills('a', fill(2)));
    expect(changed.bots['b']).toBe(before.bots['b']);
    expect(ids(changed.bots['a']?.fills ?? [])).toEqual(['f2', 'f1']);
    expect(before.bots['a']?.fills).toEqual([]);
    expect(frame(fills('gone', fill(3)))).toBe(changed);
  });

  it('[X4] keeps a position for each instrument that a bot trades, its own one apart', () => {
    const held = (instrumentId: string, quantity: string) =>
      ({ instrumentId, quantity }) as unknown as MarkedPosition;
    const main = { ...view('a', 1), position: held('x:A/B', '1') } as BotView;
    const bot = {
      ...main,
      config: { ...main.config, instrumentId: 'x:A/B' as InstrumentId },
    } as BotView;
    const told = (position: MarkedPosition) => (queue: BotQueue) =>
      queue.changeBot('a', (known) => withPosition(known, position));
    const { state, frame } = start(
      take(bot),
      told(held('x:C/D', '5')),
      told(held('x:A/B', '2')),
      told(held('x:C/D', '6')),
    );
    const shown = (one: BotState) =>
      Object.values(one.bots)
        .flatMap(positionsOf)
        .map(({ quantity }) => quantity);
    expect(shown(state)).toEqual(['2', '6']);
    // A newer view knows of the main one alone.
    expect(shown(frame(take({ ...bot, position: held('x:A/B', '3') })))).toEqual(['3', '6']);
  });

  it('forgets a bot with its log, and what was said of it after that', () => {
    const { state } = start(
      take(view('a', 1)),
      (queue) => queue.change((before) => ({ ...before, logs: { a: [] } })),
      fills('a', fill(1)),
      (queue) => queue.change((before) => withoutBot(before, 'a')),
      fills('a', fill(2)),
    );
    expect(state).toEqual({ botIds: [], bots: {}, logs: {} });
  });

  it('gives an instrument’s fills of all bots, oldest first, the same array while nothing changes', () => {
    const eth = 'demo:ETH/USDT' as InstrumentId;
    const { state } = start(
      take(view('a', 1), view('b', 2)),
      fills('a', fill(3), fill(2, eth)),
      fills('b', fill(1)),
    );
    expect(ids(fillsOfInstrument(state, BTC))).toEqual(['f1', 'f3']);
    expect(fillsOfInstrument(state, BTC)).toBe(fillsOfInstrument({ bots: state.bots }, BTC));
    expect(fillsOfInstrument(state, null)).toEqual([]);
  });
});
