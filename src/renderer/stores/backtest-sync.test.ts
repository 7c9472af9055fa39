import { describe, expect, it } from 'vitest';
import type { BacktestView } from '#contract/backtest-requests.ts';
import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { EpochMs } from '#domain/units.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { backtestView } from './backtest.fixture.ts';
import { BacktestSync } from './backtest-sync.ts';
import { createStores } from './stores.ts';

const at = (id: string, created: number, changes: Partial<BacktestView> = {}) =>
  backtestView(id, { createdTime: created as EpochMs, ...changes });
const update = (seq: number, backtest: BacktestView): Push => ({
  event: 'backtest:update',
  payload: { channel: channel.backtests, seq, timestamp: 1 as EpochMs, backtest },
});
const removed = (seq: number, backtestId: string): Push => ({
  event: 'backtest:removed',
  payload: { channel: channel.backtests, seq, timestamp: 1 as EpochMs, backtestId },
});

/** The hub's list by pages of two, newest first. */
function start(kept: BacktestView[]) {
  const { transport, stores, frame, context } = storesOnHub(createStores(), {
    'backtests.list': (params) => {
      const from = Number((params as { before?: string }).before ?? 0);
      const next = from + 2;
      return { items: kept.slice(from, next), nextBefore: next < kept.length ? `${next}` : null };
    },
  });
  const ids = () => stores.backtests.getState().backtests?.map(({ id }) => id);
  return { transport, stores, frame, ids, sync: new BacktestSync(context) };
}

describe('the backtests on screen', () => {
  it('are asked for while they are followed, and at every connection anew', async () => {
    const kept = [at('b2', 2), at('b1', 1)];
    const { transport, frame, ids, sync } = start(kept);
    transport.connect();
    await frame();
    expect(transport.callsOf('subscribe')).toEqual([]);
    const end = sync.follow();
    await frame();
    expect(ids()).toEqual(['b2', 'b1']);
    transport.lose();
    kept.unshift(at('b3', 3));
    transport.connect();
    await frame();
    expect(ids()).toEqual(['b3', 'b2']);
    end();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: channel.backtests }]);
  });

  it('stand in order of their creation; each change replaces one and leaves the others as they are', async () => {
    const { transport, stores, frame, ids, sync } = start([at('b2', 2), at('b1', 1)]);
    sync.follow();
    transport.connect();
    await frame();
    const before = stores.backtests.getState().backtests;
    transport.push(
      update(1, at('b3', 3, { state: 'queued', progress: 0 })),
      update(2, at('b2', 2, { state: 'running', progress: 0.5 })),
    );
    await frame();
    expect(ids()).toEqual(['b3', 'b2', 'b1']);
    const after = stores.backtests.getState().backtests;
    expect(after?.[1]).toMatchObject({ state: 'running', progress: 0.5 });
    expect(after?.[2]).toBe(before?.[1]);
    transport.push(removed(3, 'b2'));
    await frame();
    expect(ids()).toEqual(['b3', 'b1']);
  });

  it('are loaded by pages, each once', async () => {
    const { transport, stores, frame, ids, sync } = start([at('b3', 3), at('b2', 2), at('b1', 1)]);
    sync.follow();
    transport.connect();
    await frame();
    expect(ids()).toEqual(['b3', 'b2']);
    await sync.loadMore();
    await frame();
    expect(ids()).toEqual(['b3', 'b2', 'b1']);
    expect(stores.backtests.getState().nextBefore).toBeNull();
    await sync.loadMore();
    await frame();
    expect(ids()).toEqual(['b3', 'b2', 'b1']);
  });

  it('say why they cannot be shown', async () => {
    const { transport, stores, frame, sync } = start([]);
    transport.answer('subscribe', () => ({
      ok: false,
      error: { code: 'access_denied', message: 'Access denied' },
    }));
    sync.follow();
    transport.connect();
    await frame();
    expect(stores.backtests.getState()).toMatchObject({ backtests: null, error: 'Access denied' });
  });
});
