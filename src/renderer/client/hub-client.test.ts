import { describe, expect, it, vi } from 'vitest';
import type { AckOf, ClientPayload } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import { subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import {
  BOOK,
  book,
  CANDLES,
  candle,
  feeds,
  LOGS,
  log,
  POSITIONS,
  position,
  Recorder,
  STATUS,
  settled,
  start,
  subscribed,
} from '#tests/fakes/hub-client-bench.ts';

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

  it('counts a handler as often as it subscribes', async () => {
    const { transport, client } = await subscribed('feeds');
    const twice = new Recorder();
    const ends = [client.subscribe('feeds', twice), client.subscribe('feeds', twice)];
    ends[0]?.();
    ends[0]?.();
    transport.push(feeds(6));
    ends[1]?.();
    transport.push(feeds(7));
    expect(twice.seen).toEqual(['reset', 'started', 'reset', 'started', 6]);
  });

  it('[B6] wants a channel as often as the one here that wants it most often', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () => subscribeReply('feeds', { offset: 1, recovered: true }));
    const asked = () =>
      transport.callsOf('subscribe').map((payload) => payload as { minIntervalMs?: number });
    const ends = [client.subscribe('feeds', new Recorder(), { minIntervalMs: 100 })];
    await settled();
    ends.push(client.subscribe('feeds', new Recorder(), { minIntervalMs: 500 }));
    await settled();
    expect(asked()).toEqual([{ channel: 'feeds', minIntervalMs: 100 }]);
    const hasty = new Recorder();
    const endHasty = client.subscribe('feeds', hasty);
    await settled();
    const since = { epoch: expect.any(String), offset: 1 };
    expect(asked().slice(1)).toEqual([{ channel: 'feeds', since }]);
    transport.push(feeds(2));
    expect(hasty.seen.at(-1)).toBe(2);
    endHasty();
    await settled();
    const again = { channel: 'feeds', since: { ...since, offset: 2 }, minIntervalMs: 100 };
    expect(asked().slice(2)).toEqual([again]);
    transport.lose();
    transport.connect();
    await settled();
    expect(asked().at(-1)).toMatchObject({ minIntervalMs: 100 });
    for (const end of ends) end();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: 'feeds' }]);
  });

  it('asks for a channel no more once its last subscriber has left amid its start', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () => subscribeReply('feeds', { offset: 1, pushes: [feeds(1)] }));
    const end = client.subscribe('feeds', { onPush: () => end() });
    await settled();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: 'feeds' }]);
    expect(transport.callsOf('subscribe')).toEqual([{ channel: 'feeds' }]);
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

  it('[B2] gives a later subscriber one value of each instrument, as the hub itself would', async () => {
    const { transport, client } = await subscribed(POSITIONS);
    const [btc, eth] = ['demo:BTC/USDT', 'demo:ETH/USDT'] as const;
    transport.push(position(6, btc), position(7, eth), position(8, btc));
    const late = new Recorder();
    client.subscribe(POSITIONS, late);
    expect(late.seen).toEqual(['reset', 7, 8, 'started']);
  });

  it('[B2] gives a later subscriber of candles the newest one', async () => {
    const { transport, client } = await subscribed(CANDLES);
    transport.push(candle(6, 60_000), candle(7, 60_000), candle(8, 120_000));
    const late = new Recorder();
    client.subscribe(CANDLES, late);
    expect(late.seen).toEqual(['reset', 8, 'started']);
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

  it('[B3] hands everything to everybody else where one of its subscribers throws', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { offset: 2, pushes: [log(1), log(2)] }),
    );
    const raised = vi.fn();
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', raised);
    const fails = (): never => {
      throw new Error('a bug of its own');
    };
    client.subscribe(LOGS, { onReset: fails, onPush: fails, onStarted: fails });
    const calm = new Recorder();
    client.subscribe(LOGS, calm);
    const kinds: string[] = [];
    client.onConnection(({ kind }) => {
      if (kind === 'lost') fails();
    });
    client.onConnection(({ kind }) => kinds.push(kind));
    await settled();
    transport.push(log(3));
    transport.lose();
    expect(calm.seen).toEqual(['reset', 1, 2, 'started', 3]);
    expect(kinds).toEqual(['connected', 'lost']);
    await vi.waitFor(() => expect(raised).toHaveBeenCalledTimes(6));
    process.off('uncaughtException', raised);
    for (const listener of others) process.on('uncaughtException', listener);
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

  it('[B6] says how it is once more where that came too soon for the hub', async () => {
    const { transport, client, clock } = start();
    transport.connect();
    transport.answer('visibility', ({ hidden }) =>
      hidden
        ? { ok: true, hidden }
        : { ok: false, error: { code: 'rate_limited', message: 'Too fast' } },
    );
    client.setHidden(true);
    client.setHidden(false);
    await settled();
    transport.answer('visibility', ({ hidden }) => ({ ok: true, hidden }));
    clock.advance(2_000);
    await settled();
    clock.advance(10_000);
    await settled();
    expect(transport.callsOf('visibility')).toEqual([
      { hidden: true },
      { hidden: false },
      { hidden: false },
    ]);
  });
});
