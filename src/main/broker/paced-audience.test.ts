import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  sampleCandle as candle,
  SAMPLE_ID as ID,
  sampleTicker as ticker,
  sampleTrade as trade,
} from '#tests/fakes/publications.ts';
import { Broker } from './broker.ts';
import type { Consumer, Delivery } from './delivery.ts';

const TICKER = channel.ticker(ID);
const PACE_MS = 100;
const WINDOW_MS = 16;

/** Notes when it was given what. */
class Recorder implements Consumer {
  readonly seen: string[] = [];
  readonly endings: string[] = [];
  readonly prevOffsets: number[] = [];

  deliver({ publications, prevOffset }: Delivery): void {
    this.prevOffsets.push(prevOffset);
    const offsets = publications.map(({ offset }) => offset);
    this.seen.push(`${clock.now() - begunTime}: ${offsets.join(' ')}`);
  }
  ended(name: string): void {
    this.endings.push(name);
  }
}

let clock: FakeClock;
let broker: Broker;
let begunTime: number;
let value: number;

beforeEach(() => {
  clock = new FakeClock();
  begunTime = clock.now();
  broker = new Broker({ clock, createEpoch: () => 'epoch' });
  value = 0;
});

function pricePublished(item: Publishable, instrumentId: InstrumentId): Publishable {
  if (item.of !== 'ticker') throw new Error('no ticker');
  return { of: 'publicPrice', ticker: { ...item.ticker, instrumentId } };
}
const publish = () => broker.publish(ticker(++value));
/** A value each 10 ms. */
function publishFor(ms: number): void {
  for (let passed = 0; passed < ms; passed += 10) {
    publish();
    clock.advance(10);
  }
}
const join = (name = TICKER, minIntervalMs = PACE_MS) => {
  const consumer = new Recorder();
  const subscription = broker.subscribe(name, consumer, { minIntervalMs });
  return { consumer, subscription };
};

describe('[B6] a consumer that wants values no more often than so', () => {
  it('gets one at once after a pause, then the newest at the end of each interval', () => {
    const { consumer } = join();
    publishFor(250);
    expect(consumer.seen).toEqual(['0: 1', '100: 10', '200: 20']);
    clock.advance(1_000);
    publish();
    expect(consumer.seen.slice(3)).toEqual(['300: 25', '1250: 26']);
    expect(consumer.prevOffsets).toEqual([0, 1, 10, 20, 25]);
  });

  it('has others get theirs as often as they want', () => {
    const { consumer: slow } = join();
    const { consumer: usual } = join(TICKER, 0);
    const { consumer: slower } = join(TICKER, 200);
    publishFor(200);
    clock.advance(200);
    expect(usual.seen.length).toBeGreaterThan(200 / 20 - 1);
    expect(slow.seen.length).toBe(3);
    expect(slower.seen).toEqual(['0: 1', '200: 20']);
    expect(slow.seen.at(-1)).toMatch(/: 20$/);
    expect(usual.seen.at(-1)).toMatch(/: 20$/);
  });

  it('spares the hub the values between, where nobody wants them', () => {
    let reads = 0;
    join();
    const supplied = broker.supply(TICKER, () => {
      reads += 1;
      return ticker(reads);
    });
    for (let passed = 0; passed < 1_000; passed += 5) {
      supplied.changed();
      clock.advance(5);
    }
    expect(reads).toBeLessThanOrEqual(1_000 / PACE_MS + 2);
  });

  it('is not hurried by what others are told of meanwhile', () => {
    const { consumer } = join();
    const other = new Recorder();
    broker.subscribe(channel.trades(ID), other);
    for (let passed = 0; passed < 300; passed += 10) {
      publish();
      broker.publish(trade(passed + 1));
      clock.advance(10);
    }
    expect(other.seen.length).toBeGreaterThan(10);
    expect(consumer.seen).toEqual(['0: 1', '100: 10', '200: 20', '300: 30']);
  });

  it('[B3] starts after what waits for those that were here before, which they get', () => {
    const { consumer: first } = join();
    publish();
    clock.advance(10);
    publish();
    const { consumer: second, subscription } = join();
    expect(first.seen).toEqual(['0: 1', '10: 2']);
    expect(subscription.offset).toBe(2);
    expect(subscription.initial?.publications).toHaveLength(1);
    clock.advance(WINDOW_MS);
    publish();
    clock.advance(PACE_MS);
    expect(second.seen).toHaveLength(1);
    expect(second.prevOffsets).toEqual([2]);
  });

  it('[B3] gives nothing twice to one that joins while another is delivered to', () => {
    const prices = channel.publicPrice;
    const publishPrice = (id: string) =>
      broker.publish(pricePublished(ticker(++value), id as InstrumentId));
    const { consumer: first } = join(prices);
    publishPrice('x:A');
    const late = new Recorder();
    let start: readonly number[] | undefined;
    broker.subscribe(prices, {
      deliver: () => {
        start ??= broker
          .subscribe(prices, late, { minIntervalMs: PACE_MS })
          .initial?.publications.map(({ offset }) => offset);
      },
    });
    clock.advance(20);
    publishPrice('x:A');
    expect(start).toEqual([2]);
    clock.advance(20);
    publishPrice('x:B');
    clock.advance(2 * PACE_MS);
    expect(late.seen).toEqual(['120: 3']);
    expect(first.seen).toEqual(['0: 1', '20: 2', '120: 3']);
  });

  it('[B2] loses no closed candle', () => {
    const candles = channel.candles(ID, '1m');
    const { consumer } = join(candles);
    broker.publish(candle(0));
    clock.advance(20);
    broker.publish(candle(0, { isClosed: true }));
    clock.advance(20);
    broker.publish(candle(60_000));
    broker.publish(candle(60_000, { tradeCount: 2 }));
    clock.advance(PACE_MS);
    expect(consumer.seen).toEqual(['0: 1', '100: 2 4']);
  });

  it('leaves nothing behind, and is told of the end with what it had not been given', () => {
    const { subscription } = join();
    publish();
    clock.advance(20);
    publish();
    subscription.dispose();
    clock.advance(PACE_MS);
    expect(clock.pendingTimers).toBe(0);
    const { consumer } = join();
    clock.advance(PACE_MS);
    publish();
    publish();
    broker.drop(TICKER);
    expect(consumer.seen.at(-1)).toMatch(/ 4$/);
    expect(consumer.endings).toEqual([TICKER]);
    clock.advance(PACE_MS);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gets every run of a flow at its time: only values can be spared', () => {
    const { consumer } = join(channel.trades(ID));
    for (let passed = 0; passed < 100; passed += 20) {
      broker.publish(trade(passed + 1));
      clock.advance(20);
    }
    expect(consumer.seen).toHaveLength(5);
  });

  it('is not held up by a clock that was set back', () => {
    const { consumer } = join();
    publish();
    clock.advance(PACE_MS);
    clock.jump(-3_600_000);
    publish();
    clock.advance(2 * PACE_MS);
    expect(consumer.seen).toHaveLength(2);
  });

  it('counts as a subscription, and each of its deliveries', () => {
    join();
    join();
    publish();
    expect(broker.stats()).toMatchObject({
      subscriptions: 2,
      subscribedChannels: 1,
      deliveries: 2,
    });
    expect([...broker.inspect()][0]?.subscribers).toBe(2);
  });
});
