import type { Push } from '#contract/pushes.ts';
import type { ChannelHandler } from '#renderer/client/channel-subscription.ts';
import { HubClient } from '#renderer/client/hub-client.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeHubTransport, subscribeReply } from './fake-hub-transport.ts';

export const TRADES = 'symbol:demo:BTC/USDT:trades';
export const BOOK = 'symbol:demo:BTC/USDT:orderbook';
export const STATUS = 'bot:b1:status';
export const LOGS = 'bot:b1:logs';
export const POSITIONS = 'bot:b1:positions';
export const CANDLES = 'symbol:demo:BTC/USDT:candles:1m';

export const log = (seq: number): Push =>
  ({
    event: 'bot:log',
    payload: {
      channel: LOGS,
      seq,
      timestamp: 1,
      botId: 'b1',
      level: 'info',
      message: `${seq}`,
      time: 1,
    },
  }) as Push;
export const trades = (prevSeq: number, seq: number): Push =>
  ({
    event: 'trade:new',
    payload: { channel: TRADES, prevSeq, seq, timestamp: 1, symbol: 'demo:BTC/USDT', trades: [] },
  }) as unknown as Push;
export const book = (kind: 'snapshot' | 'delta', prevSeq: number, seq: number): Push =>
  ({
    event: 'orderbook:update',
    payload: {
      channel: BOOK,
      prevSeq,
      seq,
      timestamp: 1,
      symbol: 'demo:BTC/USDT',
      kind,
      bids: [],
      asks: [],
      sequence: seq,
    },
  }) as unknown as Push;
export const feeds = (seq: number): Push =>
  ({
    event: 'feed:status',
    payload: { channel: 'feeds', seq, timestamp: 1, feeds: [] },
  }) as unknown as Push;
export const position = (seq: number, instrumentId: string): Push =>
  ({
    event: 'bot:position',
    payload: {
      ...{ channel: POSITIONS, seq, timestamp: 1, botId: 'b1' },
      position: {
        ...{ botId: 'b1', instrumentId, quantity: '1', cost: '1', averagePrice: '1' },
        ...{ realizedPnl: '0', fees: '0', unrealizedPnl: '0', updatedTime: 1 },
      },
    },
  }) as unknown as Push;
export const candle = (seq: number, openTime: number): Push =>
  ({
    event: 'candle:update',
    payload: {
      ...{ channel: CANDLES, seq, timestamp: 1, symbol: 'demo:BTC/USDT', interval: '1m' },
      candle: {
        ...{ openTime, open: 1, high: 1, low: 1, close: 1, volume: 1 },
        ...{ buyVolume: 1, tradeCount: 1, isClosed: false },
      },
    },
  }) as unknown as Push;

export class Recorder implements ChannelHandler {
  readonly seen: (number | string)[] = [];
  onPush(push: Push): void {
    this.seen.push(push.payload.seq);
  }
  onReset(): void {
    this.seen.push('reset');
  }
  onStarted(): void {
    this.seen.push('started');
  }
  onRefused(failure: { code: string }): void {
    this.seen.push(failure.code);
  }
}

/** Lets promise callbacks that are due run. */
export const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

export function start() {
  const transport = new FakeHubTransport();
  const rejected: string[] = [];
  const clock = new FakeClock();
  const client = new HubClient({
    ...{ transport, clock },
    onRejectedPush: (event) => rejected.push(event),
  });
  client.start();
  return { transport, client, clock, rejected };
}

/** A client with a live subscription of `channel` at offset 5. */
export async function subscribed(channel: string) {
  const { transport, client, rejected } = start();
  transport.connect();
  transport.answer('subscribe', () => subscribeReply(channel, { offset: 5 }));
  const recorder = new Recorder();
  const end = client.subscribe(channel, recorder);
  await settled();
  recorder.seen.length = 0;
  return { transport, client, recorder, end, rejected };
}
