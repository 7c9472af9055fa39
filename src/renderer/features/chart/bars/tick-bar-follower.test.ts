import { beforeEach, describe, expect, it } from 'vitest';
import type { WireTrade } from '#contract/model.ts';
import type { Push } from '#contract/pushes.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { ChannelHandler } from '../../../client/channel-subscription.ts';
import type { BarState } from './bar-source.ts';
import { TickBarFollower, type TickBarFollowerOptions } from './tick-bar-follower.ts';

const trade = (number: number, timestamp = number): WireTrade =>
  ({ id: String(number), price: number, size: 1, side: 'buy', timestamp }) as WireTrade;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A hub whose answers and frames come when the test says so. */
class FakeHub {
  handler: ChannelHandler = { onPush: () => undefined };
  readonly asked: { toTime?: number; limit?: number }[] = [];
  #answers: ((trades: readonly WireTrade[] | null) => void)[] = [];
  #work: (() => void) | null = null;
  isLeft = false;

  readonly client = {
    subscribe: (_channel: string, handler: ChannelHandler) => {
      this.handler = handler;
      return () => {
        this.isLeft = true;
      };
    },
    request: (_method: string, params: { toTime?: number }) => {
      this.asked.push(params);
      return new Promise((resolve) =>
        this.#answers.push((trades) =>
          resolve(
            trades === null
              ? { ok: false, error: { code: 'unavailable', message: 'cut' } }
              : { ok: true, value: { trades } },
          ),
        ),
      );
    },
  } as unknown as TickBarFollowerOptions['client'];

  readonly schedule = (work: () => void) => {
    this.#work = work;
  };
  push(...trades: WireTrade[]): void {
    this.handler.onPush({ event: 'trade:new', payload: { trades } } as unknown as Push);
  }
  gap(): void {
    this.handler.onPush({ event: 'gap', payload: { missed: 3 } } as unknown as Push);
  }
  frame(): void {
    this.#work?.();
    this.#work = null;
  }
  async answer(...trades: WireTrade[]): Promise<void> {
    this.#answers.shift()?.(trades);
    await settled();
  }
  async refuse(): Promise<void> {
    this.#answers.shift()?.(null);
    await settled();
  }
}

describe('TickBarFollower', () => {
  let hub: FakeHub;
  let follower: TickBarFollower;
  const drawn: string[] = [];
  const states: BarState['kind'][] = [];
  const opens = (bars: readonly Candle[]) => bars.map(({ open }) => open).join();

  beforeEach(() => {
    drawn.length = 0;
    states.length = 0;
    hub = new FakeHub();
    follower = new TickBarFollower({
      ...{ client: hub.client, instrumentId: 'demo:X/Y' as InstrumentId, tradesPerBar: 2 },
      schedule: hub.schedule,
      view: {
        replaceAll: (bars) => drawn.push(`all ${opens(bars)}`),
        updateLast: (bar) => drawn.push(`last ${bar.open}x${bar.tradeCount}`),
        amend: (bar) => drawn.push(`amend ${bar.open}`),
        stateChanged: ({ kind }) => states.push(kind),
      },
    });
    follower.start();
    hub.handler.onReset?.();
  });

  it('joins what was loaded with what came meanwhile, each trade once', async () => {
    hub.push(trade(3), trade(4));
    await hub.answer(trade(1), trade(2), trade(3));
    expect(drawn).toEqual(['all 1,3']);
    expect(follower.bars.map(({ tradeCount }) => tradeCount)).toEqual([2, 2]);
    expect(states).toEqual(['ready']);
  });

  it('draws a bar once a frame, however many trades came', async () => {
    await hub.answer(trade(1));
    hub.push(trade(2), trade(3));
    hub.push(trade(4), trade(5));
    hub.frame();
    expect(drawn.slice(1)).toEqual(['last 1x2', 'last 3x2', 'last 5x1']);
    expect(follower.tradesLeft).toBe(1);
  });

  it('pages back without losing or doubling trades of one moment', async () => {
    await hub.answer(trade(5, 50), trade(6, 60));
    void follower.loadOlder();
    expect(hub.asked.at(-1)?.toTime).toBe(51);
    await hub.answer(trade(3, 50), trade(4, 50), trade(5, 50));
    expect(drawn.at(-1)).toBe('all 3,5');
    void follower.loadOlder();
    await hub.answer(trade(3, 50), trade(4, 50), trade(5, 50));
    void follower.loadOlder();
    expect(hub.asked).toHaveLength(3);
  });

  it('loads anew where the channel had to leave trades out', async () => {
    await hub.answer(trade(1), trade(2));
    hub.gap();
    hub.push(trade(9));
    await hub.answer(trade(1), trade(2), trade(7), trade(8));
    expect(drawn.at(-1)).toBe('all 1,7,9');
  });

  it('says that there is nothing yet, and that there is from the first trade on', async () => {
    await hub.answer();
    hub.push(trade(1));
    hub.frame();
    expect(states).toEqual(['empty', 'ready']);
  });

  it('never draws again once it is ended', async () => {
    follower.dispose();
    await hub.answer(trade(1));
    expect([drawn, hub.isLeft]).toEqual([[], true]);
  });

  it('loads again what could not be loaded, where the channel is recovered', async () => {
    hub.handler.onStarted?.();
    await hub.refuse();
    expect(states.at(-1)).toBe('failed');
    hub.push(trade(3));
    hub.handler.onStarted?.();
    await hub.answer(trade(1), trade(2), trade(3));
    expect(states.at(-1)).toBe('ready');
    expect(opens(follower.bars)).toBe('1,3');
  });
});
