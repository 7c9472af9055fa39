import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import { priceBatchSchema } from '#contract/pushes.ts';
import { Broker } from '#main/broker/broker.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  SAMPLE_ID,
  sampleBook,
  sampleLog,
  sampleTicker,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import { Downlink, type DownlinkSink, type DownlinkWishes } from './downlink.ts';
import type { Outgoing, OutgoingMessage } from './outgoing.ts';
import { PriceBatches } from './price-batches.ts';

const NO_WISHES: DownlinkWishes = { batch: false, compact: false, background: false };

/** A client whose connection takes what a test lets it take. */
class TestSink implements DownlinkSink {
  isReady = true;
  hasOverflowed = false;
  readonly sent: Outgoing[] = [];
  #listener: (() => void) | undefined;
  whenReady(listener: () => void): void {
    this.#listener = listener;
  }
  push(outgoing: Outgoing): void {
    this.sent.push(outgoing);
  }
  overflow(): void {
    this.hasOverflowed = true;
  }
  readAgain(): void {
    this.isReady = true;
    this.#listener?.();
  }
  get messages(): OutgoingMessage[] {
    return this.sent.flatMap(({ messages }) => messages);
  }
}

let clock: FakeClock;
let broker: Broker;
let meter: HubMeter;
let batches: PriceBatches;

beforeEach(() => {
  clock = new FakeClock();
  broker = new Broker({ clock, createEpoch: () => 'e' });
  meter = new HubMeter();
  batches = new PriceBatches();
});

const CHANNELS = [
  channel.ticker(SAMPLE_ID),
  channel.trades(SAMPLE_ID),
  channel.orderBook(SAMPLE_ID),
  channel.bot('b1', 'logs'),
];
function open(wishes: Partial<DownlinkWishes> = {}, channels = CHANNELS) {
  const sink = new TestSink();
  const options = { sink, wishes: { ...NO_WISHES, ...wishes }, broker, clock, meter, batches };
  const downlink = new Downlink(options);
  for (const name of channels) {
    broker.subscribe(name, { deliver: (delivery) => downlink.deliver(delivery) });
  }
  return { sink, downlink };
}
const publish = (...items: Publishable[]) => {
  for (const item of items) broker.publish(item);
};
const wideDelta = (sequence: number) =>
  sampleBook('delta', sequence, {
    bids: Array.from({ length: 20 }, (_, level): [number, number] => [sequence + level / 20, 1]),
  });
const prices = (messages: readonly OutgoingMessage[]) =>
  messages.flatMap((message) =>
    message.event === 'price:update' && 'price' in message.payload ? [message.payload.price] : [],
  );

describe('encode once', () => {
  it('hands all clients the same bytes', () => {
    const [first, second] = [open(), open()];
    publish(sampleTicker(1));
    expect(first.sink.sent[0]?.frames).toBe(second.sink.sent[0]?.frames);
  });
});

describe('a client that does not read', () => {
  it('[B7] gets the newest price, a gap mark with a fresh book, and every log when it reads again', () => {
    const { sink } = open();
    broker.setBookSource(() => sampleBook('snapshot', 7, { bids: [[1, 1]] }).change);
    sink.isReady = false;
    for (let index = 1; index <= 10_000; index += 1) {
      publish(sampleTicker(index), sampleTrade(index), wideDelta(index));
      clock.advance(1);
    }
    publish(sampleLog('a'), sampleLog('b'));
    clock.advance(1_000);
    expect(sink.sent).toEqual([]);
    sink.readAgain();
    const { messages } = sink;
    expect(prices(messages)).toEqual([10_000]);
    expect(messages.filter(({ event }) => event === 'bot:log')).toHaveLength(2);
    const gaps = messages.flatMap(({ event, payload }) => (event === 'gap' ? [payload] : []));
    expect(new Map(gaps.map(({ channel: name, missed, seq }) => [name, [missed, seq]]))).toEqual(
      new Map([
        [channel.trades(SAMPLE_ID), [10_000, 10_000]],
        [channel.orderBook(SAMPLE_ID), [10_000, 10_000]],
      ]),
    );
    expect(messages.filter(({ event }) => event === 'orderbook:update')).toMatchObject([
      { payload: { kind: 'snapshot', seq: 10_000 } },
    ]);
    expect(meter.publicationsDropped).toBe(20_000);
    publish(sampleTrade(10_001));
    clock.advance(16);
    expect(sink.messages.at(-1)).toMatchObject({
      event: 'trade:new',
      payload: { prevSeq: 10_000 },
    });
  });

  it('[B7] is ended as a slow consumer when a stream overflows, and costs nothing from then on', () => {
    const { sink } = open();
    sink.isReady = false;
    for (let index = 0; index < 200; index += 1) publish(sampleLog('x'.repeat(10_000)));
    expect(sink.hasOverflowed).toBe(true);
    publish(sampleTicker(1));
    clock.advance(1_000);
    expect(sink.sent).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a client in the background', () => {
  it('[B6] gets values once a second and streams at once, and is brought up to date on its return', () => {
    const { sink, downlink } = open({ background: true });
    broker.setBookSource(() => sampleBook('snapshot', 7).change);
    for (let index = 1; index <= 3_000; index += 1) {
      publish(sampleTicker(index));
      clock.advance(1);
    }
    expect(prices(sink.messages)).toHaveLength(2);
    publish(sampleLog('now'));
    expect(sink.messages.at(-1)).toMatchObject({ event: 'bot:log' });
    publish(sampleTrade(1), sampleBook('delta', 8));
    clock.advance(40);
    publish(sampleTicker(5_000));
    const before = sink.messages.length;
    downlink.setHidden(false);
    expect(sink.messages.slice(before).map(({ event }) => event)).toEqual([
      'gap',
      'gap',
      'orderbook:update',
      'price:update',
    ]);
    expect(prices(sink.messages).at(-1)).toBe(5_000);
    clock.advance(100);
    publish(sampleTicker(5_001));
    expect(prices(sink.messages).at(-1)).toBe(5_001);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a channel that ends', () => {
  it('[B2] [B7] says so once and at once, and nothing of it comes behind that', async () => {
    const [TICKER, TRADES, LOGS] = [CHANNELS[0], CHANNELS[1], CHANNELS[3]] as string[];
    const hidden = open({ background: true });
    const slow = open();
    slow.sink.isReady = false;
    const batched = open({ batch: true });
    publish(sampleTicker(1), sampleTrade(1), sampleLog('last'));
    clock.advance(20);
    for (const { downlink } of [hidden, slow, batched]) {
      for (const name of [TICKER, TRADES, LOGS]) downlink.end(name ?? '', 1);
    }
    slow.sink.readAgain();
    hidden.downlink.setHidden(false);
    clock.advance(2_000);
    await Promise.resolve();
    const said = ({ sink }: ReturnType<typeof open>) =>
      sink.messages.map(({ event, payload }) =>
        event === 'ended' ? `end of ${'channel' in payload && payload.channel}` : event,
      );
    const ends = [TICKER, TRADES, LOGS].map((name) => `end of ${name}`);
    expect(said(hidden)).toEqual(['bot:log', ...ends]);
    expect(said(slow)).toEqual(['bot:log', 'trade:new', ...ends]);
    expect(said(batched)).toEqual(['bot:log', 'trade:new', 'price:batch', ...ends]);
  });
});

describe('batch and compact', () => {
  const other = (price: number): Publishable => {
    const item = sampleTicker(price);
    return item.of === 'ticker' ? { of: 'publicPrice', ticker: item.ticker } : item;
  };

  it('sends all prices of a flush in one frame, encoded once a combination', async () => {
    const both = [channel.ticker(SAMPLE_ID), channel.publicPrice];
    const [first, second, third] = [
      open({ batch: true }, both),
      open({ batch: true }, both),
      open({ batch: true }, [channel.publicPrice]),
    ];
    publish(sampleTicker(1), other(2));
    expect(first.sink.sent).toEqual([]);
    await Promise.resolve();
    expect(first.sink.messages).toMatchObject([
      {
        event: 'price:batch',
        payload: {
          updates: [
            { price: 1, seq: 1 },
            { price: 2, seq: 1 },
          ],
        },
      },
    ]);
    expect(second.sink.sent[0]).toBe(first.sink.sent[0]);
    expect(third.sink.messages).toMatchObject([{ payload: { updates: [{ price: 2 }] } }]);
    publish(sampleLog('x'));
  });

  it('[B6] [B7] sends in one frame also what waited for a client that was hidden, or did not read', async () => {
    const both = [channel.ticker(SAMPLE_ID), channel.publicPrice];
    const hidden = open({ batch: true, compact: true, background: true }, both);
    const slow = open({ batch: true }, both);
    slow.sink.isReady = false;
    publish(sampleTicker(1), other(2));
    clock.advance(1_000);
    await Promise.resolve();
    expect(hidden.sink.messages).toMatchObject([
      { event: 'price:batch', payload: { updates: [{ p: 1 }, { p: 2 }] } },
    ]);
    slow.sink.readAgain();
    await Promise.resolve();
    expect(slow.sink.messages).toMatchObject([
      { event: 'price:batch', payload: { updates: [{ price: 1 }, { price: 2 }] } },
    ]);
    publish(sampleTicker(3));
    hidden.downlink.setHidden(false);
    await Promise.resolve();
    expect(hidden.sink.messages.slice(1)).toMatchObject([
      { event: 'price:batch', payload: { updates: [{ p: 3 }] } },
    ]);
  });

  it('sends a price as symbol, price, volume and time', async () => {
    const plain = open({ compact: true });
    const batched = open({ compact: true, batch: true });
    publish(sampleTicker(5));
    await Promise.resolve();
    const [message] = batched.sink.messages;
    expect(priceBatchSchema.safeParse(message?.payload).success).toBe(true);
    const compact = { s: SAMPLE_ID, p: 5, v: 12, t: clock.now() };
    expect(plain.sink.messages).toEqual([{ event: 'price:update', payload: compact }]);
    expect(batched.sink.messages).toEqual([
      { event: 'price:batch', payload: { timestamp: clock.now(), updates: [compact] } },
    ]);
  });
});
