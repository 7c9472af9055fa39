import { describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import { type FakeHubTransport, subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import {
  BOOK,
  book,
  LOGS,
  log,
  Recorder,
  settled,
  start,
  subscribed,
  TRADES,
  trades,
} from '#tests/fakes/hub-client-bench.ts';

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

describe('HubClient: who comes while others recover', () => {
  /** A hub at offset 8: it knows what came after 5, or starts afresh with the newest two. */
  const answerAsHub = (transport: FakeHubTransport) =>
    transport.answer('subscribe', ({ since }) =>
      since
        ? subscribeReply(LOGS, { offset: 8, recovered: true, pushes: [log(6), log(7), log(8)] })
        : subscribeReply(LOGS, { offset: 8, pushes: [log(7), log(8)] }),
    );
  const recovered = [6, 7, 8, 'started'];
  const fresh = ['reset', 7, 8, 'started'];

  it('[B3] [B4] away from the hub: they get what they missed, and then all start afresh', async () => {
    const { transport, client, recorder } = await subscribed(LOGS);
    transport.lose();
    const late = new Recorder();
    client.subscribe(LOGS, late);
    answerAsHub(transport);
    transport.connect();
    await settled();
    expect(recorder.seen).toEqual([...recovered, ...fresh]);
    expect(late.seen).toEqual(fresh);
  });

  it('[B3] [B4] while the hub is asked: they get what they missed, and then all start afresh', async () => {
    const { transport, client, recorder } = await subscribed(LOGS);
    transport.lose();
    answerAsHub(transport);
    transport.connect();
    const late = new Recorder();
    client.subscribe(LOGS, late);
    transport.push(log(9));
    await settled();
    expect(recorder.seen).toEqual([...recovered, 9, ...fresh]);
    expect(late.seen).toEqual(fresh);
  });

  it('[B3] and whose own start was cut off, or came too soon for the hub, still gets one', async () => {
    const { transport, client, clock } = start();
    transport.connect();
    transport.answer('subscribe', () => subscribeReply(LOGS, { offset: 5 }));
    client.subscribe(LOGS, new Recorder());
    await settled();
    transport.answer('subscribe', () => new Promise(() => undefined));
    const cutOff = new Recorder();
    client.subscribe(LOGS, cutOff);
    await settled();
    transport.lose();
    answerAsHub(transport);
    transport.connect();
    await settled();
    expect(cutOff.seen).toEqual(fresh);
    transport.answer('subscribe', () => ({
      ok: false,
      error: { code: 'rate_limited', message: 'Too fast' },
    }));
    const tooSoon = new Recorder();
    client.subscribe(LOGS, tooSoon);
    await settled();
    answerAsHub(transport);
    clock.advance(2_000);
    await settled();
    expect(tooSoon.seen).toEqual(fresh);
  });
});

describe('HubClient: a channel that ends', () => {
  const ended = (seq: number) =>
    ({ event: 'ended', payload: { channel: LOGS, seq, timestamp: 1 } }) as Push;

  it('[B1] is asked for anew: it begins afresh where its name means another one', async () => {
    const { transport, recorder } = await subscribed(LOGS);
    transport.answer('subscribe', () =>
      subscribeReply(LOGS, { epoch: 'epoch-2', offset: 1, pushes: [log(1)] }),
    );
    transport.push(log(6), ended(6));
    await settled();
    transport.push(log(2));
    expect(recorder.seen).toEqual([6, 'reset', 1, 'started', 2]);
    expect(transport.callsOf('subscribe').at(-1)).toEqual({ channel: LOGS });
  });

  it('[B1] is asked for anew also where that overtakes the reply', async () => {
    const { transport, client } = start();
    transport.connect();
    transport.answer('subscribe', () => subscribeReply(LOGS, { offset: 6 }));
    const recorder = new Recorder();
    client.subscribe(LOGS, recorder);
    transport.push(ended(6));
    await settled();
    expect(recorder.seen).toEqual(['reset', 'started', 'reset', 'started']);
  });

  it('[H2] is told as refused where there is none of its name any more', async () => {
    const { transport, recorder } = await subscribed(LOGS);
    const error = { code: 'access_denied', message: 'Access denied' } as const;
    transport.answer('subscribe', () => ({ ok: false, error }));
    transport.push(ended(5));
    await settled();
    expect(recorder.seen).toEqual(['access_denied']);
  });

  it('[T4] of a deck is left to who follows the deck’s run', async () => {
    const channel = 'symbol:d1_demo:BTC/USDT:trades';
    const { transport, recorder } = await subscribed(channel);
    transport.push({ event: 'ended', payload: { channel, seq: 5, timestamp: 1 } } as Push);
    await settled();
    expect(recorder.seen).toEqual([]);
    expect(transport.callsOf('subscribe')).toHaveLength(1);
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
