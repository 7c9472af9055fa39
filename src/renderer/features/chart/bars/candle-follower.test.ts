import { beforeEach, describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { ChannelHandler } from '../../../client/channel-subscription.ts';
import type { BarState } from './bar-source.ts';
import { CandleFollower, type CandleFollowerOptions } from './candle-follower.ts';

const SECOND_MS = 1_000;
const at = (second: number, tradeCount = 1, isClosed = true): Candle =>
  ({
    openTime: second * SECOND_MS,
    open: 1,
    high: 2,
    low: 0,
    close: 1,
    volume: 1,
    buyVolume: 1,
    tradeCount,
    isClosed,
  }) as unknown as Candle;

type Answer = { ok: true; value: { candles: Candle[] } } | { ok: false; error: unknown };

/** A hub with one subscriber, whose answers and frames come when the test says so. */
class FakeHub {
  handler: ChannelHandler = { onPush: () => undefined };
  channel = '';
  isSubscribed = false;
  readonly requests: {
    params: { limit?: number; before?: number };
    answer: (answer: Answer) => void;
  }[] = [];
  #work: (() => void) | null = null;

  readonly client = {
    subscribe: (channel: string, handler: ChannelHandler) => {
      this.channel = channel;
      this.handler = handler;
      this.isSubscribed = true;
      return () => {
        this.isSubscribed = false;
      };
    },
    request: (_method: string, params: { limit?: number }) =>
      new Promise<Answer>((answer) => this.requests.push({ params, answer })),
  } as unknown as CandleFollowerOptions['client'];

  readonly schedule = (work: () => void) => {
    this.#work = work;
  };

  push(...candles: Candle[]): void {
    for (const candle of candles) {
      this.handler.onPush({ event: 'candle:update', payload: { candle } } as unknown as Push);
    }
  }

  frame(): void {
    const work = this.#work;
    this.#work = null;
    work?.();
  }

  async answer(...candles: Candle[]): Promise<void> {
    this.requests.shift()?.answer({ ok: true, value: { candles } });
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

class FakeView {
  readonly calls: string[] = [];
  readonly states: BarState[] = [];
  replaceAll = (candles: readonly Candle[]) => this.calls.push(`all ${seconds(candles)}`);
  updateLast = (candle: Candle) => this.calls.push(`last ${seconds([candle])}`);
  amend = (candle: Candle) => this.calls.push(`amend ${seconds([candle])}`);
  stateChanged = (state: BarState) => this.states.push(state);
}
const seconds = (candles: readonly Candle[]) =>
  candles.map((candle) => candle.openTime / SECOND_MS).join(',');

describe('CandleFollower', () => {
  let hub: FakeHub;
  let view: FakeView;
  let follower: CandleFollower;

  beforeEach(() => {
    hub = new FakeHub();
    view = new FakeView();
    follower = new CandleFollower({
      client: hub.client,
      view,
      instrumentId: 'demo:BTC/USD' as InstrumentId,
      interval: '1s',
      schedule: hub.schedule,
    });
    follower.start();
  });

  async function startWith(...candles: Candle[]): Promise<void> {
    hub.handler.onReset?.();
    await hub.answer(...candles);
    view.calls.length = 0;
  }

  it('subscribes, then loads, and joins what came in between', async () => {
    expect(hub.channel).toBe('symbol:demo:BTC/USD:candles:1s');
    expect(hub.requests).toHaveLength(0);
    hub.handler.onReset?.();
    hub.push(at(3, 8, false), at(4, 1, false));
    expect(view.calls).toEqual([]);
    await hub.answer(at(2), at(3, 5, false));
    expect(view.calls).toEqual(['all 2,3,4']);
    expect(follower.history.candles.map((c) => c.tradeCount)).toEqual([1, 8, 1]);
    expect(view.states.map((s) => s.kind)).toEqual(['ready']);
  });

  it('draws one update for all the states of a candle within a frame', async () => {
    await startWith(at(1));
    hub.push(at(2, 1, false), at(2, 2, false), at(2, 3, false));
    expect(view.calls).toEqual([]);
    hub.frame();
    expect(view.calls).toEqual(['last 2']);
    expect(follower.history.last?.tradeCount).toBe(3);
  });

  it('fetches what the channel skipped: an unfinished candle and a hole', async () => {
    await startWith(at(1, 3, false));
    hub.push(at(4, 1, false));
    hub.frame();
    await settled();
    expect(hub.requests.map((r) => r.params)).toEqual([
      { instrumentId: 'demo:BTC/USD', interval: '1s', limit: 5 },
    ]);
    await hub.answer(at(1, 9), at(2), at(4, 1, false));
    expect(view.calls).toEqual(['last 4', 'all 1,2,4']);
    expect(follower.history.first?.isClosed).toBe(true);
    expect(hub.requests).toHaveLength(0);
  });

  it('draws a backfill in place: one candle by itself, new ones between with all others, once', async () => {
    await startWith(at(1), at(2), at(7), at(8, 1, false));
    hub.push(at(2, 3), at(8, 1, false));
    hub.frame();
    expect(view.calls).toEqual(['amend 2', 'last 8']);
    hub.push(at(2, 4), at(4), at(5), at(7, 2), at(8, 2, false));
    hub.frame();
    expect(view.calls.slice(2)).toEqual(['all 1,2,4,5,7,8']);
    expect(follower.history.candles.map((c) => c.tradeCount)).toEqual([1, 4, 1, 1, 2, 2]);
    expect(hub.requests).toHaveLength(0);
    expect(view.states.map((s) => s.kind)).toEqual(['ready']);
  });

  it('draws all at once where many changed', async () => {
    const many = Array.from({ length: 60 }, (_, second) => at(second));
    await startWith(...many);
    hub.push(...many.map((candle) => ({ ...candle, tradeCount: 2 })));
    hub.frame();
    expect(view.calls).toHaveLength(1);
    expect(view.calls[0]).toMatch(/^all 0,1,/);
  });

  it('begins anew when time goes back, and asks for nothing of the later time', async () => {
    await startWith(at(10), at(11), at(12));
    hub.push(at(5, 1, false));
    hub.frame();
    expect(hub.requests[0]?.params).toMatchObject({ before: 5 * SECOND_MS });
    hub.push(at(6, 1, false));
    await hub.answer(at(4));
    expect(view.calls).toEqual(['all 4,5,6']);
  });

  it('has all again where time only seemed to go back', async () => {
    await startWith(at(5, 2), at(6), at(7), at(8, 1, false));
    hub.push(at(5, 1));
    hub.frame();
    hub.push(at(8), at(9, 1, false));
    await hub.answer(at(4));
    expect(hub.requests[0]?.params).toMatchObject({ limit: 6 });
    await hub.answer(at(4), at(5, 1), at(6), at(7), at(8), at(9, 1, false));
    expect(view.calls).toEqual(['all 4,5,8,9', 'all 4,5,6,7,8,9']);
  });

  it('reloads where more is missing than one request brings', async () => {
    await startWith(at(1));
    hub.push(at(2_000));
    hub.frame();
    expect(hub.requests.map((r) => r.params.limit)).toEqual([500]);
    await hub.answer(at(1_999), at(2_000));
    expect(view.calls).toEqual(['all 1999,2000']);
  });

  it('reloads after a reset, and ignores the answer to the load before it', async () => {
    hub.handler.onReset?.();
    hub.handler.onReset?.();
    await hub.answer(at(1));
    expect(view.calls).toEqual([]);
    await hub.answer(at(2));
    expect(view.calls).toEqual(['all 2']);
  });

  it('never calls the view after it was disposed of, whatever is under way', async () => {
    await startWith(at(1));
    hub.push(at(2));
    const older = follower.loadOlder();
    hub.handler.onReset?.();
    follower.dispose();
    view.states.length = 0;
    hub.frame();
    await hub.answer(at(0));
    await hub.answer(at(1), at(2));
    await older;
    expect(view.calls).toEqual([]);
    expect(view.states).toEqual([]);
    expect(hub.isSubscribed).toBe(false);
  });

  it('loads older pages until there is none', async () => {
    await startWith(at(10));
    const first = follower.loadOlder();
    void follower.loadOlder();
    expect(hub.requests).toHaveLength(1);
    expect(hub.requests[0]?.params).toMatchObject({ before: 10 * SECOND_MS });
    await hub.answer(at(8), at(9));
    await first;
    expect(view.calls).toEqual(['all 8,9,10']);
    const second = follower.loadOlder();
    await hub.answer();
    await second;
    await follower.loadOlder();
    expect(hub.requests).toHaveLength(0);
  });

  it('says that there is nothing yet, and is ready with the first candle', async () => {
    await startWith();
    hub.push(at(1, 1, false));
    hub.frame();
    expect(view.states.map((s) => s.kind)).toEqual(['empty', 'ready']);
    expect(view.calls).toEqual(['last 1']);
  });

  const refuseNext = async () => {
    hub.requests.shift()?.answer({ ok: false, error: { code: 'unavailable', message: 'cut' } });
    await settled();
  };

  it('asks again for what was skipped, where a cut connection left that unanswered', async () => {
    await startWith(at(1));
    hub.push(at(4, 1, false));
    hub.frame();
    await settled();
    await refuseNext();
    expect(hub.requests).toHaveLength(0);
    // Recovered: the channel goes on from where it was.
    hub.push(at(5, 1, false));
    hub.handler.onStarted?.();
    await settled();
    expect(hub.requests.map(({ params }) => params.limit)).toEqual([5]);
    await hub.answer(at(2), at(3), at(4));
    hub.frame();
    expect(follower.history.candles.map(({ openTime }) => openTime / SECOND_MS)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    hub.handler.onStarted?.();
    expect(hub.requests).toHaveLength(0);
  });

  it('asks again at the next bar, where the hub only refused', async () => {
    await startWith(at(1));
    hub.push(at(4));
    hub.frame();
    await settled();
    await refuseNext();
    hub.push(at(5, 1, false));
    hub.frame();
    await settled();
    expect(hub.requests).toHaveLength(0);
    hub.push(at(6, 1, false));
    hub.frame();
    await settled();
    expect(hub.requests.map(({ params }) => params.limit)).toEqual([7]);
  });

  it('loads again what could not be loaded, where the channel is recovered', async () => {
    hub.handler.onReset?.();
    hub.handler.onStarted?.();
    await refuseNext();
    expect(view.states.at(-1)?.kind).toBe('failed');
    hub.push(at(3, 1, false));
    hub.handler.onStarted?.();
    await hub.answer(at(1), at(2));
    hub.frame();
    expect(view.states.at(-1)?.kind).toBe('ready');
    expect(hub.requests).toHaveLength(0);
  });

  it('says why there are no candles', async () => {
    hub.handler.onReset?.();
    hub.requests.shift()?.answer({ ok: false, error: { code: 'internal', message: 'no disk' } });
    await settled();
    hub.handler.onRefused?.({ code: 'access_denied', message: 'not yours' });
    expect(view.states.slice(-2)).toEqual([
      { kind: 'failed', message: 'no disk' },
      { kind: 'failed', message: 'not yours' },
    ]);
  });
});
