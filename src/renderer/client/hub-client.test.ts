import { describe, expect, it } from 'vitest';
import type { AckOf, ClientPayload } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FakeHubTransport, subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { type ChannelHandler, HubClient } from './hub-client.ts';

const TRADES = 'symbol:demo:BTC/USDT:trades';
const BOOK = 'symbol:demo:BTC/USDT:orderbook';
const STATUS = 'bot:b1:status';
const LOGS = 'bot:b1:logs';

const log = (seq: number): Push =>
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
const trades = (prevSeq: number, seq: number): Push =>
  ({
    event: 'trade:new',
    payload: { channel: TRADES, prevSeq, seq, timestamp: 1, symbol: 'demo:BTC/USDT', trades: [] },
  }) as unknown as Push;
const book = (kind: 'snapshot' | 'delta', prevSeq: number, seq: number): Push =>
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
const feeds = (seq: number): Push =>
  ({
    event: 'feed:status',
    payload: { channel: 'feeds', seq, timestamp: 1, feeds: [] },
  }) as unknown as Push;

class Recorder implements ChannelHandler {
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
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function start() {
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
async function subscribed(channel: string) {
  const { transport, client, rejected } = start();
  transport.connect();
  transport.answer('subscribe', () => subscribeReply(channel, { offset: 5 }));
  const recorder = new Recorder();
  const end = client.subscribe(channel, recorder);
  await settled();
  recorder.seen.length = 0;
  return { transport, client, recorder, end, rejected };
}

describe('HubClient: a subscription', () => {
  it('[B3] hands over the fresh start, and then each push once', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { offset: 2, pushes: [log(1), log(2)] }),
    );
    const recorder = new Recorder();
    client.subscribe(LOGS, recorder);
    await settled();
    transport.push(log(2), log(3), log(3));
    expect(recorder.seen).toEqual(['reset', 1, 2, 'started', 3]);
  });

  it('[B3] keeps what overtakes the reply until the start is handed over', async () => {
    const { transport, client } = start();
    transport.connect();
    let reply: (ack: AckOf<'subscribe'>) => void = () => undefined;
    transport.answer('subscribe', () => new Promise((resolve) => (reply = resolve)));
    const recorder = new Recorder();
    client.subscribe(LOGS, recorder);
    await settled();
    transport.push(log(1), log(2));
    expect(recorder.seen).toEqual([]);
    reply(subscribeReply(LOGS, { offset: 1, pushes: [log(1)] }));
    await settled();
    expect(recorder.seen).toEqual(['reset', 1, 'started', 2]);
  });

  it('asks the hub once a channel, and unsubscribes with the last subscriber', async () => {
    const { transport, client, recorder, end } = await subscribed('feeds');
    const second = client.subscribe('feeds', new Recorder());
    expect(transport.callsOf('subscribe')).toHaveLength(1);
    end();
    expect(transport.callsOf('unsubscribe')).toEqual([]);
    second();
    second();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: 'feeds' }]);
    transport.push(feeds(9));
    expect(recorder.seen).toEqual([]);
  });

  it('[B2] gives a later subscriber of a latest channel the retained value at once', async () => {
    const { transport, client } = await subscribed('feeds');
    transport.push(feeds(8));
    const calls = transport.calls.length;
    const late = new Recorder();
    client.subscribe('feeds', late);
    expect(late.seen).toEqual(['reset', 8, 'started']);
    expect(transport.calls).toHaveLength(calls);
  });

  it('starts a flow afresh for all when a second subscriber comes', async () => {
    const { transport, client, recorder } = await subscribed(BOOK);
    transport.answer('subscribe', () =>
      subscribeReply(BOOK, { offset: 7, pushes: [book('snapshot', 6, 7)] }),
    );
    const late = new Recorder();
    client.subscribe(BOOK, late);
    await settled();
    expect(late.seen).toEqual(['reset', 7, 'started']);
    expect(recorder.seen).toEqual(['reset', 7, 'started']);
  });

  it('tells its subscribers of a refusal, and tries again at the next connection', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () => ({
      ok: false,
      error: { code: 'access_denied', message: 'Access denied' },
    }));
    const recorder = new Recorder();
    client.subscribe(STATUS, recorder);
    await settled();
    expect(recorder.seen).toEqual(['access_denied']);
    transport.lose();
    transport.connect();
    expect(transport.callsOf('subscribe')).toHaveLength(2);
  });

  it('[H4] asks for many channels in few messages, and settles each by its own answer', async () => {
    const { transport, client } = start();
    transport.connect();
    const names = Array.from({ length: 150 }, (_, index) => `bot:b${index}:status`);
    const denied = 'bot:b7:status';
    transport.answer('subscribe', ({ channel }) =>
      channel === denied
        ? { ok: false, error: { code: 'access_denied', message: 'Access denied' } }
        : subscribeReply(channel),
    );
    const seen = new Map(names.map((name) => [name, new Recorder()]));
    for (const [name, recorder] of seen) client.subscribe(name, recorder);
    await settled();
    const asked = transport
      .callsOf('subscribe:many')
      .map((payload) => (payload as ClientPayload<'subscribe:many'>).channels);
    expect(asked.map(({ length }) => length)).toEqual([64, 64, 22]);
    expect(asked.flat().map(({ channel }) => channel)).toEqual(names);
    expect(transport.callsOf('subscribe')).toEqual([]);
    for (const [name, recorder] of seen) {
      expect(recorder.seen).toEqual(name === denied ? ['access_denied'] : ['reset', 'started']);
    }
  });

  it('[H4] keeps a message below what the hub takes, however long the names are', async () => {
    const { transport, client } = start();
    transport.connect();
    for (let index = 0; index < 100; index += 1) {
      client.subscribe(`bot:${'x'.repeat(170)}${index}:status`, new Recorder());
    }
    await settled();
    const sizes = transport.callsOf('subscribe:many').map((payload) => JSON.stringify(payload));
    expect(sizes.length).toBeGreaterThan(1);
    for (const { length } of sizes) expect(length).toBeLessThan(10 * 1_024);
  });

  it('is under way before whatever is asked for after it', async () => {
    const { transport, client } = start();
    transport.connect();
    client.subscribe(STATUS, new Recorder());
    client.subscribe(LOGS, new Recorder());
    void client.request('bots.list');
    expect(transport.calls.map(({ event }) => event)).toEqual(['subscribe:many', 'request']);
  });

  it('[H4] tries again by itself what came too soon for the hub, and tells nobody', async () => {
    const { transport, client, clock } = start();
    transport.connect();
    const refused = { ok: false, error: { code: 'rate_limited', message: 'Too fast' } } as const;
    transport.answer('subscribe', () => refused);
    const recorder = new Recorder();
    const left = client.subscribe(LOGS, new Recorder());
    client.subscribe(STATUS, recorder);
    await settled();
    left();
    expect(recorder.seen).toEqual([]);
    transport.answer('subscribe', ({ channel }) => subscribeReply(channel));
    clock.advance(2_000);
    await settled();
    expect(recorder.seen).toEqual(['reset', 'started']);
    expect(transport.callsOf('subscribe')).toEqual([{ channel: STATUS }]);
    clock.advance(10_000);
    await settled();
    expect(transport.callsOf('subscribe')).toHaveLength(1);
  });

  it('ignores the late answer to a subscription that has ended', async () => {
    const { transport, client } = start();
    transport.connect();
    let reply: (ack: AckOf<'subscribe'>) => void = () => undefined;
    transport.answer('subscribe', () => new Promise((resolve) => (reply = resolve)));
    const recorder = new Recorder();
    client.subscribe(LOGS, recorder)();
    reply(subscribeReply(LOGS, { offset: 1, pushes: [log(1)] }));
    await settled();
    expect(recorder.seen).toEqual([]);
  });
});

describe('HubClient: recovery', () => {
  it('[B4] resubscribes from its position after a loss, and takes what it missed', async () => {
    const { transport, recorder } = await subscribed(LOGS);
    transport.push(log(6));
    transport.lose();
    transport.push(log(7));
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { offset: 8, recovered: true, pushes: [log(7), log(8)] }),
    );
    transport.connect();
    await settled();
    transport.push(log(9));
    expect(transport.callsOf('subscribe').at(-1)).toEqual({
      channel: LOGS,
      since: { epoch: 'epoch-1', offset: 6 },
    });
    expect(recorder.seen).toEqual([6, 7, 8, 'started', 9]);
  });

  it('[B4] resets where the hub could not recover, and goes on in the new epoch', async () => {
    const { transport, recorder } = await subscribed(LOGS);
    transport.lose();
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { epoch: 'epoch-2', offset: 2, pushes: [log(1), log(2)] }),
    );
    transport.connect();
    await settled();
    transport.push(log(3));
    transport.lose();
    transport.connect();
    expect(recorder.seen).toEqual(['reset', 1, 2, 'started', 3]);
    expect(transport.callsOf('subscribe').at(-1)).toEqual({
      channel: LOGS,
      since: { epoch: 'epoch-2', offset: 3 },
    });
  });

  it('subscribes what was asked for while there was no connection', async () => {
    const { transport, client } = start();
    client.subscribe(LOGS, new Recorder());
    expect(transport.calls).toEqual([]);
    transport.connect();
    expect(transport.callsOf('subscribe')).toEqual([{ channel: LOGS }]);
  });

  it('closes a hole in a stream from where it stands', async () => {
    const { transport, recorder } = await subscribed(LOGS);
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { offset: 8, recovered: true, pushes: [log(6), log(7), log(8)] }),
    );
    transport.push(log(8), log(9));
    await settled();
    expect(transport.callsOf('subscribe').at(-1)).toMatchObject({ since: { offset: 5 } });
    expect(recorder.seen).toEqual([6, 7, 8, 'started', 9]);
  });
});

describe('HubClient: flow channels', () => {
  it('[B2] notices a gap by prevSeq, and starts afresh', async () => {
    const { transport, recorder } = await subscribed(TRADES);
    transport.push(trades(5, 7));
    transport.answer('subscribe', () =>
      subscribeReply(TRADES, { offset: 12, pushes: [trades(0, 12)] }),
    );
    transport.push(trades(9, 10));
    await settled();
    transport.push(trades(12, 14));
    expect(transport.callsOf('subscribe').at(-1)).toEqual({ channel: TRADES });
    expect(recorder.seen).toEqual([7, 'reset', 12, 'started', 14]);
  });

  it('[B2] passes a gap mark on and goes on behind it', async () => {
    const { transport, recorder } = await subscribed(TRADES);
    const gap = { event: 'gap', payload: { channel: TRADES, seq: 20, timestamp: 1, missed: 15 } };
    transport.push(gap as unknown as Push, trades(20, 21));
    expect(recorder.seen).toEqual([20, 21]);
    expect(transport.callsOf('subscribe')).toHaveLength(1);
  });

  it('takes a book snapshot whatever was before it, and a delta only in order', async () => {
    const { transport, recorder } = await subscribed(BOOK);
    transport.push(book('snapshot', 8, 9), book('delta', 9, 10), book('delta', 9, 10));
    expect(recorder.seen).toEqual([9, 10]);
  });
});

describe('HubClient: what it does not understand', () => {
  it('counts a push that the contract does not know, and hands on nothing of it', async () => {
    const { transport, recorder, rejected } = await subscribed(LOGS);
    transport.push({ ...log(6), payload: { ...log(6).payload, level: 'loud' } } as unknown as Push);
    transport.push({ event: 'nonsense', payload: {} } as unknown as Push);
    expect(recorder.seen).toEqual([]);
    expect(rejected).toEqual(['bot:log', 'nonsense']);
  });

  it('turns an answer that is not the method’s into a failure', async () => {
    const { transport, client } = start();
    transport.answerRequests({ 'watchlist.get': () => ({ instruments: 'none' }) });
    expect(await client.request('watchlist.get')).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });

  it('hands on an answer and a failure as they are', async () => {
    const { transport, client } = start();
    transport.answerRequests({ 'watchlist.get': () => ({ instruments: [], groups: [] }) });
    expect(await client.request('watchlist.get')).toEqual({
      ok: true,
      value: { instruments: [], groups: [] },
    });
    expect(await client.request('bots.list')).toMatchObject({
      ok: false,
      error: { code: 'unknown_method' },
    });
  });
});

describe('HubClient: the connection', () => {
  it('tells a listener of the present state at once, and stops with the transport', () => {
    const { transport, client } = start();
    transport.connect();
    const kinds: string[] = [];
    const end = client.onConnection((state) => kinds.push(state.kind));
    transport.lose();
    end();
    transport.connect();
    client.retryNow();
    client.stop();
    expect(kinds).toEqual(['connected', 'lost']);
    expect(transport.retries).toBe(1);
    expect(transport.isStopped).toBe(true);
  });
});

describe('a gap', () => {
  it('[B7] of a book is followed by its snapshot at the very same place', async () => {
    const { transport, client } = start();
    transport.answer('subscribe', () => subscribeReply(BOOK, { offset: 5 }));
    const recorder = new Recorder();
    transport.connect();
    client.subscribe(BOOK, recorder);
    await settled();
    const payload = { channel: BOOK, seq: 9, missed: 4, timestamp: 1 };
    transport.push({ event: 'gap', payload } as unknown as Push, book('snapshot', 8, 9));
    transport.push(book('delta', 9, 10), book('delta', 9, 10));
    expect(recorder.seen).toEqual(['reset', 'started', 9, 9, 10]);
    expect(transport.callsOf('subscribe')).toHaveLength(1);
  });
});

describe('a page that is hidden', () => {
  it('[B6] says so, also after it has connected anew, and says when it is seen again', async () => {
    const { transport, client } = start();
    client.setHidden(true);
    transport.connect();
    transport.lose();
    transport.connect();
    client.setHidden(false);
    client.setHidden(false);
    await settled();
    expect(transport.callsOf('visibility')).toEqual([
      { hidden: true },
      { hidden: true },
      { hidden: false },
    ]);
  });
});
