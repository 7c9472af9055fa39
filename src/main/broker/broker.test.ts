import { beforeEach, describe, expect, it, vi } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { BookChange, Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { offsetsOf, Recorder } from '#tests/fakes/broker-recorder.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  sampleCandle as candle,
  SAMPLE_ID as ID,
  sampleLog as log,
  sampleBook,
  sampleTicker as ticker,
  sampleTrade as trade,
} from '#tests/fakes/publications.ts';
import { Broker, MAX_RUN } from './broker.ts';
import { HISTORY_AT_LEAST, HISTORY_AT_MOST } from './channel.ts';
import type { Delivery } from './delivery.ts';

const TRADES = channel.trades(ID);
const TICKER = channel.ticker(ID);
const BOOK = channel.orderBook(ID);
const CANDLES = channel.candles(ID, '1m');
const LOGS = channel.bot('b1', 'logs');
const WINDOW_MS = 16;

let clock: FakeClock;
let broker: Broker;
let epochs: number;

beforeEach(() => {
  clock = new FakeClock();
  epochs = 0;
  broker = new Broker({ clock, createEpoch: () => `epoch${++epochs}` });
});

const publishMany = (count: number, item: (index: number) => Publishable) => {
  for (let index = 1; index <= count; index += 1) broker.publish(item(index));
};

describe('positions', () => {
  it('[B1] counts a channel’s publications from one and keeps its epoch', () => {
    publishMany(3, (index) => log(String(index)));
    const first = broker.subscribe(LOGS, new Recorder());
    broker.publish(log('4'));
    const second = broker.subscribe(LOGS, new Recorder());
    expect([first.offset, second.offset]).toEqual([3, 4]);
    expect(second.epoch).toBe(first.epoch);
  });

  it('[B3] a channel without publications has an epoch and offset 0', () => {
    const { epoch, offset, initial, recovered } = broker.subscribe(LOGS, new Recorder());
    expect({ epoch, offset, initial, recovered }).toEqual({
      epoch: 'epoch1',
      offset: 0,
      initial: undefined,
      recovered: false,
    });
  });

  it('keeps no state of a channel that was only looked at', () => {
    for (let index = 0; index < 100; index += 1) {
      broker.subscribe(channel.bot(`bot${index}`, 'logs'), new Recorder()).dispose();
    }
    expect(broker.stats().channels).toBe(0);
  });
});

describe('stream', () => {
  it('[B2] delivers every publication at once', () => {
    const consumer = new Recorder();
    broker.subscribe(LOGS, consumer);
    publishMany(3, (index) => log(String(index)));
    expect(consumer.deliveries.map(offsetsOf)).toEqual([[1], [2], [3]]);
    expect(consumer.deliveries.map((delivery) => delivery.prevOffset)).toEqual([0, 1, 2]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[B3] starts with the recent history', () => {
    publishMany(150, (index) => log(String(index)));
    const { initial, offset } = broker.subscribe(LOGS, new Recorder());
    expect(offset).toBe(150);
    expect(offsetsOf(initial)).toEqual(Array.from({ length: 100 }, (_, index) => index + 51));
    expect(initial?.prevOffset).toBe(50);
  });

  it('gives all consumers the same delivery, so that it can be encoded once', () => {
    const [first, second] = [new Recorder(), new Recorder()];
    broker.subscribe(LOGS, first);
    broker.subscribe(LOGS, second);
    broker.publish(log('a'));
    expect(first.deliveries[0]).toBe(second.deliveries[0]);
  });

  it('[B2] keeps the order for all when a consumer publishes while it is delivered to', () => {
    const second = new Recorder();
    let answered = false;
    broker.subscribe(LOGS, {
      deliver: () => {
        if (!answered) broker.publish(log('answer'));
        answered = true;
      },
    });
    broker.subscribe(LOGS, second);
    broker.publish(log('question'));
    expect(second.offsets).toEqual([1, 2]);
  });

  it('[B3] a consumer that joins during a delivery gets it in its start only', () => {
    const late = new Recorder();
    let start: Delivery | undefined;
    broker.subscribe(LOGS, {
      deliver: () => {
        start ??= broker.subscribe(LOGS, late).initial;
      },
    });
    broker.publish(log('a'));
    broker.publish(log('b'));
    expect(offsetsOf(start)).toEqual([1]);
    expect(late.offsets).toEqual([2]);
  });

  it('a consumer that throws harms neither the publisher nor other consumers', async () => {
    const raised = vi.fn();
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', raised);
    const second = new Recorder();
    broker.subscribe(LOGS, {
      deliver: () => {
        throw new Error('a bug');
      },
    });
    broker.subscribe(LOGS, second);
    broker.publish(log('a'));
    expect(second.offsets).toEqual([1]);
    await vi.waitFor(() => expect(raised).toHaveBeenCalledOnce());
    for (const listener of others) process.on('uncaughtException', listener);
  });
});

describe('latest', () => {
  it('[B2] sends at once after a quiet window, then the newest value at the window’s end', () => {
    const consumer = new Recorder();
    broker.subscribe(TICKER, consumer);
    publishMany(4, ticker);
    expect(consumer.deliveries.map(offsetsOf)).toEqual([[1]]);
    clock.advance(WINDOW_MS);
    expect(consumer.deliveries.map(offsetsOf)).toEqual([[1], [4]]);
    expect(consumer.deliveries[1]?.prevOffset).toBe(1);
    clock.advance(WINDOW_MS);
    broker.publish(ticker(5));
    expect(consumer.offsets).toEqual([1, 4, 5]);
  });

  it('holds a value no longer than to the end of its channel’s window', () => {
    const consumer = new Recorder();
    broker.subscribe(TICKER, consumer);
    broker.publish(ticker(1));
    clock.advance(10);
    broker.publish(trade(1));
    broker.publish(ticker(2));
    clock.advance(WINDOW_MS - 10);
    expect(consumer.offsets).toEqual([1, 2]);
  });

  it('[B3] starts with the retained value', () => {
    publishMany(3, ticker);
    const { initial } = broker.subscribe(TICKER, new Recorder());
    expect(initial?.publications).toEqual([{ offset: 3, timestamp: clock.now(), data: ticker(3) }]);
  });

  it('[B2] never conflates a closed candle away', () => {
    const consumer = new Recorder();
    broker.subscribe(CANDLES, consumer);
    publishMany(3, () => candle(0));
    broker.publish(candle(0, { isClosed: true }));
    broker.publish(candle(60_000));
    broker.publish(candle(60_000, { tradeCount: 2 }));
    clock.advance(WINDOW_MS);
    expect(consumer.offsets).toEqual([1, 4, 6]);
  });

  it('[B4] recovers the retained value where it is newer, and every candle of an absence', () => {
    const { epoch } = broker.subscribe(CANDLES, new Recorder());
    broker.publish(candle(0));
    broker.publish(candle(0, { isClosed: true }));
    broker.publish(candle(60_000, { isClosed: true }));
    broker.publish(candle(120_000));
    const back = broker.subscribe(CANDLES, new Recorder(), { since: { epoch, offset: 1 } });
    expect(back.recovered).toBe(true);
    expect(offsetsOf(back.initial)).toEqual([2, 3, 4]);
    const again = broker.subscribe(CANDLES, new Recorder(), { since: { epoch, offset: 4 } });
    expect([again.recovered, again.initial]).toEqual([true, undefined]);
  });

  it('[B4] does not claim recovery when a missed candle is forgotten', () => {
    const { epoch } = broker.subscribe(CANDLES, new Recorder());
    publishMany(100, (index) => candle(index * 60_000, { isClosed: true }));
    const back = broker.subscribe(CANDLES, new Recorder(), { since: { epoch, offset: 10 } });
    expect(back.recovered).toBe(false);
    expect(offsetsOf(back.initial)).toEqual([100]);
  });
});

describe('flow', () => {
  it('cuts a burst into runs and loses none of it', () => {
    const consumer = new Recorder();
    broker.subscribe(TRADES, consumer);
    publishMany(MAX_RUN * 12 + 5, trade);
    clock.advance(WINDOW_MS);
    expect(consumer.deliveries).toHaveLength(13);
    expect(consumer.offsets).toEqual(Array.from({ length: 12_005 }, (_, index) => index + 1));
  });

  it('[B3] flushes to those present before another joins, and doubles nothing', () => {
    const [present, newcomer] = [new Recorder(), new Recorder()];
    broker.subscribe(TRADES, present);
    publishMany(150, trade);
    const { initial, offset } = broker.subscribe(TRADES, newcomer);
    expect(present.offsets).toHaveLength(150);
    expect(offset).toBe(150);
    expect(offsetsOf(initial)).toHaveLength(100);
    broker.publish(trade(151));
    clock.advance(WINDOW_MS);
    expect(newcomer.deliveries.map(offsetsOf)).toEqual([[151]]);
    expect(newcomer.deliveries[0]?.prevOffset).toBe(150);
  });

  it('[B3] an order book starts with the whole book', () => {
    const whole: BookChange = sampleBook('snapshot', 7, { asks: [[2, 3]] }).change;
    broker.setBookSource((id: InstrumentId) => (id === ID ? whole : undefined));
    publishMany(2, (index) => sampleBook('delta', index, { bids: [[1, 1]] }));
    const { initial, offset } = broker.subscribe(BOOK, new Recorder());
    expect(offset).toBe(2);
    expect(initial?.publications).toEqual([
      { offset: 2, timestamp: clock.now(), data: { of: 'book', change: whole } },
    ]);
  });

  it('says that the book is lost while there is none', () => {
    broker.setBookSource(() => undefined);
    const { initial } = broker.subscribe(BOOK, new Recorder());
    expect(initial?.publications[0]?.data).toMatchObject({ change: { kind: 'lost' } });
  });
});

describe('recovery', () => {
  it('[B4] gives all that was missed, in order', () => {
    const subscription = broker.subscribe(TRADES, new Recorder());
    subscription.dispose();
    publishMany(500, trade);
    const { epoch } = subscription;
    const back = broker.subscribe(TRADES, new Recorder(), { since: { epoch, offset: 200 } });
    expect(back.recovered).toBe(true);
    expect(back.initial?.prevOffset).toBe(200);
    expect(offsetsOf(back.initial)).toEqual(Array.from({ length: 300 }, (_, i) => i + 201));
  });

  it('[B4] recovers from before the first publication, although the empty channel was forgotten', () => {
    const { epoch, offset, dispose } = broker.subscribe(LOGS, new Recorder());
    dispose();
    expect(broker.stats().channels).toBe(0);
    broker.publish(log('a'));
    const back = broker.subscribe(LOGS, new Recorder(), { since: { epoch, offset } });
    expect([back.recovered, offsetsOf(back.initial)]).toEqual([true, [1]]);
  });

  it('[B4] is recovered, with nothing, when nothing was missed', () => {
    publishMany(5, trade);
    const { epoch } = broker.subscribe(TRADES, new Recorder());
    const back = broker.subscribe(TRADES, new Recorder(), { since: { epoch, offset: 5 } });
    expect([back.recovered, back.initial]).toEqual([true, undefined]);
  });

  it.each([
    ['another epoch', { epoch: 'other', offset: 3 }],
    ['an offset beyond the top', { epoch: 'epoch1', offset: 6 }],
  ])('[B4] %s is not recovered and gets the fresh start', (_, since) => {
    publishMany(5, trade);
    const back = broker.subscribe(TRADES, new Recorder(), { since });
    expect(back.recovered).toBe(false);
    expect(offsetsOf(back.initial)).toEqual([1, 2, 3, 4, 5]);
  });

  it('[B4] never gives a part: what is forgotten is not recovered', () => {
    publishMany(HISTORY_AT_LEAST + 1, (index) => log(String(index)));
    const { epoch } = broker.subscribe(LOGS, new Recorder());
    const lost = broker.subscribe(LOGS, new Recorder(), { since: { epoch, offset: 0 } });
    expect([lost.recovered, offsetsOf(lost.initial).length]).toEqual([false, 100]);
    const kept = broker.subscribe(LOGS, new Recorder(), { since: { epoch, offset: 1 } });
    expect([kept.recovered, offsetsOf(kept.initial).length]).toEqual([true, HISTORY_AT_LEAST]);
  });

  it('[B2] a flow remembers a minute, at least 1,000 and at most 10,000', () => {
    const epoch = broker.subscribe(TRADES, new Recorder()).epoch;
    const recovers = (offset: number) =>
      broker.subscribe(TRADES, new Recorder(), { since: { epoch, offset } }).recovered;
    publishMany(3_000, trade);
    expect(recovers(0)).toBe(true);
    clock.advance(60_001);
    broker.publish(trade(3_001));
    expect([recovers(2_000), recovers(2_001)]).toEqual([false, true]);
    publishMany(20_000, trade);
    expect([recovers(23_000 - HISTORY_AT_MOST), recovers(23_001 - HISTORY_AT_MOST)]).toEqual([
      false,
      true,
    ]);
  });

  it('[B1] a channel that was dropped is another stream when it comes again', () => {
    const consumer = new Recorder();
    const { epoch } = broker.subscribe(LOGS, consumer);
    broker.publish(log('a'));
    broker.drop(LOGS);
    expect(consumer.endings).toEqual([LOGS]);
    broker.publish(log('b'));
    expect(consumer.offsets).toEqual([1]);
    expect(broker.subscribe(LOGS, new Recorder(), { since: { epoch, offset: 1 } }).recovered).toBe(
      false,
    );
  });
});

describe('leaving', () => {
  it('a consumer that left gets nothing more, and leaves no timer running', () => {
    const consumer = new Recorder();
    const subscription = broker.subscribe(TRADES, consumer);
    broker.publish(trade(1));
    subscription.dispose();
    subscription.dispose();
    clock.advance(1_000);
    expect(consumer.deliveries).toEqual([]);
    expect([clock.pendingTimers, broker.stats().subscriptions]).toEqual([0, 0]);
  });

  it('disposing flushes what is pending and reaches nobody after', () => {
    const consumer = new Recorder();
    broker.subscribe(TRADES, consumer);
    broker.publish(trade(1));
    broker.dispose();
    broker.publish(trade(2));
    expect(consumer.offsets).toEqual([1]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('counts what it does', () => {
    broker.subscribe(LOGS, new Recorder());
    broker.subscribe(LOGS, new Recorder());
    broker.publish(log('a'));
    expect(broker.stats()).toEqual({
      channels: 1,
      subscribedChannels: 1,
      subscriptions: 2,
      publications: 1,
      deliveries: 2,
      flushWindowMs: WINDOW_MS,
    });
  });
});
