import { beforeEach, describe, expect, it, vi } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SAMPLE_ID, sampleTicker, sampleTrade } from '#tests/fakes/publications.ts';
import { Broker } from './broker.ts';
import type { Consumer, Delivery } from './delivery.ts';
import type { SuppliedValue } from './supply.ts';

const TICKER = channel.ticker(SAMPLE_ID);
const WINDOW_MS = 16;

class Screen implements Consumer {
  readonly deliveries: Delivery[] = [];
  deliver(delivery: Delivery): void {
    this.deliveries.push(delivery);
  }
  get prices(): number[] {
    return this.deliveries.flatMap(pricesOf);
  }
}

const pricesOf = (delivery: Delivery | undefined): number[] =>
  (delivery?.publications ?? []).flatMap(({ data }) =>
    data.of === 'ticker' ? [data.ticker.lastPrice] : [],
  );

let clock: FakeClock;
let broker: Broker;
let price: number | null;
let ticker: SuppliedValue;
const read = vi.fn((): Publishable | null => (price === null ? null : sampleTicker(price)));

const move = (to: number) => {
  price = to;
  ticker.changed();
};

beforeEach(() => {
  clock = new FakeClock();
  broker = new Broker({ clock, createEpoch: () => 'e' });
  price = null;
  read.mockClear();
  ticker = broker.supply(TICKER, read);
});

describe('a supplied value', () => {
  it('is not made while nobody is to get it', () => {
    for (let to = 1; to <= 1_000; to += 1) move(to);
    clock.advance(1_000);
    expect(read).not.toHaveBeenCalled();
    expect(clock.pendingTimers).toBe(0);
  });

  it('[B3] is what a subscriber starts with, as it is then, and follows it from there', () => {
    move(1);
    move(2);
    const screen = new Screen();
    const { initial, offset } = broker.subscribe(TICKER, screen);
    expect(pricesOf(initial)).toEqual([2]);
    expect(offset).toBe(1);
    move(3);
    clock.advance(WINDOW_MS);
    expect(screen.prices).toEqual([3]);
    expect(screen.deliveries[0]?.prevOffset).toBe(1);
  });

  it('[B6] is told at once after a quiet window, else as it is at the end of one', () => {
    const screen = new Screen();
    broker.subscribe(TICKER, screen);
    move(1);
    expect(screen.prices).toEqual([1]);
    for (let to = 2; to <= 9; to += 1) move(to);
    expect(screen.prices).toEqual([1]);
    clock.advance(WINDOW_MS);
    expect(screen.prices).toEqual([1, 9]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('[B4] that nobody made meanwhile is what was missed', () => {
    const first = broker.subscribe(TICKER, new Screen());
    move(1);
    first.dispose();
    move(2);
    move(3);
    const back = broker.subscribe(TICKER, new Screen(), {
      since: { epoch: first.epoch, offset: 1 },
    });
    expect(back.recovered).toBe(true);
    expect(pricesOf(back.initial)).toEqual([3]);
    expect(back.offset).toBe(2);
  });

  it('does not exist where there is none yet', () => {
    ticker.changed();
    expect(broker.subscribe(TICKER, new Screen()).initial).toBeUndefined();
  });

  it('comes again to a channel that everybody has left', () => {
    broker.subscribe(TICKER, new Screen()).dispose();
    const screen = new Screen();
    broker.subscribe(TICKER, screen);
    move(5);
    expect(screen.prices).toEqual([5]);
  });

  it('shares a channel with others, each with its own key', () => {
    const other = broker.supply(channel.publicPrice, () => {
      const item = sampleTicker(7);
      return item.of === 'ticker' ? { of: 'publicPrice', ticker: item.ticker } : null;
    });
    const screen = new Screen();
    broker.subscribe(channel.publicPrice, screen);
    other.changed();
    expect(screen.deliveries.flatMap(({ publications }) => publications)).toHaveLength(1);
  });

  it('belongs to a channel of latest values', () => {
    expect(() => broker.supply(channel.trades(SAMPLE_ID), () => sampleTrade(1))).toThrow(
      'Invariant',
    );
  });
});
