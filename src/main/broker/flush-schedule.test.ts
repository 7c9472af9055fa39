import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { offsetsOf, Recorder } from '#tests/fakes/broker-recorder.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  SAMPLE_ID as ID,
  sampleTicker as ticker,
  sampleTrade as trade,
} from '#tests/fakes/publications.ts';
import { Broker } from './broker.ts';

const TRADES = channel.trades(ID);
const TICKER = channel.ticker(ID);
const OTHER_ID = 'demo:ETH/USDT' as InstrumentId;
const WINDOW_MS = 16;

let clock: FakeClock;
let broker: Broker;

beforeEach(() => {
  clock = new FakeClock();
  broker = new Broker({ clock, createEpoch: () => 'epoch' });
});

const otherTicker = (price: number): Publishable => {
  const item = ticker(price);
  if (item.of !== 'ticker') return item;
  return { of: 'ticker', ticker: { ...item.ticker, instrumentId: OTHER_ID } };
};
const publishTrades = (...ids: readonly number[]) => {
  for (const id of ids) broker.publish(trade(id));
};

describe('when a flow is sent', () => {
  it('[B2] delivers what comes in one turn as one run, and then two runs a window, in order', () => {
    const consumer = new Recorder();
    broker.subscribe(TRADES, consumer);
    publishTrades(1, 2, 3);
    expect(consumer.deliveries).toEqual([]);
    clock.advance(0);
    expect(consumer.deliveries.map(offsetsOf)).toEqual([[1, 2, 3]]);
    publishTrades(4, 5);
    clock.advance(WINDOW_MS / 2 - 1);
    broker.publish(trade(6));
    expect(consumer.deliveries).toHaveLength(1);
    clock.advance(1);
    expect(consumer.deliveries.slice(1).map(offsetsOf)).toEqual([[4, 5, 6]]);
    clock.advance(WINDOW_MS);
    broker.publish(trade(7));
    clock.advance(0);
    expect(consumer.deliveries.slice(2).map(offsetsOf)).toEqual([[7]]);
    expect(consumer.deliveries.map((delivery) => delivery.prevOffset)).toEqual([0, 3, 6]);
  });

  it('[B6] has values conflated as long as they are, however often a flow is sent', () => {
    const [flow, values] = [new Recorder(), new Recorder()];
    broker.subscribe(TRADES, flow);
    broker.subscribe(TICKER, values);
    for (let passed = 0; passed < 160; passed += 2) {
      broker.publish(trade(passed + 1));
      broker.publish(ticker(passed + 1));
      clock.advance(2);
    }
    // One each at the beginning, and then by the window.
    expect(values.deliveries).toHaveLength(1 + 160 / WINDOW_MS);
    expect(flow.deliveries).toHaveLength(1 + (2 * 160) / WINDOW_MS);
  });

  it('[B6] does not hold up what waits at a pace of its own, where the clock is set back', () => {
    const [hasty, calm] = [new Recorder(), new Recorder()];
    broker.subscribe(TICKER, hasty, { minIntervalMs: 100 });
    broker.subscribe(channel.ticker(OTHER_ID), calm, { minIntervalMs: 1_000 });
    for (const price of [1, 2]) {
      broker.publish(ticker(price));
      broker.publish(otherTicker(price));
    }
    clock.jump(-3_600_000);
    // Not to the millisecond: nobody knows when it was set.
    clock.advance(3 * 100);
    expect([hasty.offsets, calm.offsets]).toEqual([[1, 2], [1]]);
    clock.advance(3 * 1_000);
    expect(calm.offsets).toEqual([1, 2]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes what moved in other flows along', () => {
    const [trades, others] = [new Recorder(), new Recorder()];
    broker.subscribe(TRADES, trades);
    broker.subscribe(channel.trades(OTHER_ID), others);
    publishTrades(1);
    clock.advance(0);
    for (const passed of [3, 2]) {
      clock.advance(passed);
      publishTrades(passed);
      broker.publish(trade(passed, OTHER_ID));
    }
    expect([trades.deliveries.length, others.deliveries.length]).toEqual([1, 0]);
    clock.advance(WINDOW_MS / 2 - 5);
    expect([trades.offsets, others.offsets]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
    expect(others.deliveries).toHaveLength(1);
  });
});
