import { describe, expect, it } from 'vitest';
import type { AckOf } from '#contract/client-events.ts';
import { type FakeHubTransport, subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { log, Recorder, settled, start, TRADES, trades } from '#tests/fakes/hub-client-bench.ts';

const BARE = 'symbol:BTC/USDT:trades';

/** A hub at this offset, which answers by the canonical name; it knows all that was missed. */
function answerAt(transport: FakeHubTransport, offset: number): void {
  transport.answer('subscribe', ({ since }) => {
    if (!since) return subscribeReply(TRADES, { offset, pushes: [trades(0, offset)] });
    const pushes = since.offset < offset ? [trades(since.offset, offset)] : [];
    return subscribeReply(TRADES, { offset, recovered: true, pushes });
  });
}

function connected(offset: number) {
  const bench = start();
  bench.transport.connect();
  answerAt(bench.transport, offset);
  return bench;
}

describe('HubClient: a channel by its bare symbol', () => {
  it('goes on by the canonical name, recovers by it, and is left by it', async () => {
    const { transport, client } = connected(3);
    const recorder = new Recorder();
    const end = client.subscribe(BARE, recorder);
    await settled();
    transport.push(trades(3, 4));
    transport.lose();
    answerAt(transport, 6);
    transport.connect();
    await settled();
    expect(recorder.seen).toEqual(['reset', 3, 'started', 4, 6, 'started']);
    expect(transport.callsOf('subscribe')).toEqual([
      { channel: BARE },
      { channel: TRADES, since: { epoch: 'epoch-1', offset: 4 } },
    ]);
    end();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: TRADES }]);
  });

  it('[B3] keeps what overtakes the reply that tells the name', async () => {
    const { transport, client } = connected(0);
    let reply: (ack: AckOf<'subscribe'>) => void = () => undefined;
    transport.answer('subscribe', () => new Promise((resolve) => (reply = resolve)));
    const recorder = new Recorder();
    client.subscribe(BARE, recorder);
    await settled();
    transport.push(trades(3, 4), log(1));
    reply(subscribeReply(TRADES, { offset: 3, pushes: [trades(0, 3)] }));
    await settled();
    expect(recorder.seen).toEqual(['reset', 3, 'started', 4]);
  });

  it('is one subscription with those who name it in full, until the last of both has left', async () => {
    const { transport, client } = connected(3);
    const full = new Recorder();
    const endFull = client.subscribe(TRADES, full);
    await settled();
    const bare = new Recorder();
    const endBare = client.subscribe(BARE, bare);
    await settled();
    const later = new Recorder();
    const endLater = client.subscribe(BARE, later);
    await settled();
    transport.push(trades(3, 4));
    for (const { seen } of [full, bare, later]) {
      expect(seen.slice(-4)).toEqual(['reset', 3, 'started', 4]);
    }
    endFull();
    endFull();
    endLater();
    transport.push(trades(4, 5));
    expect(bare.seen.at(-1)).toBe(5);
    expect([full.seen.at(-1), later.seen.at(-1)]).toEqual([4, 4]);
    expect(transport.callsOf('unsubscribe')).toEqual([]);
    endBare();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: TRADES }]);
  });

  it('left before its name is known costs those nothing who name it in full', async () => {
    const { transport, client } = connected(3);
    const full = new Recorder();
    const end = client.subscribe(TRADES, full);
    await settled();
    client.subscribe(BARE, new Recorder())();
    await settled();
    expect(transport.callsOf('unsubscribe')).toEqual([]);
    transport.push(trades(3, 4));
    expect(full.seen.at(-1)).toBe(4);
    end();
    client.subscribe(BARE, new Recorder())();
    await settled();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: TRADES }, { channel: TRADES }]);
  });

  it('that is on no watchlist is refused, and asked for at the next connection while it is wanted', async () => {
    const { transport, client } = connected(0);
    transport.answer('subscribe', () => ({
      ok: false,
      error: { code: 'unknown_instrument', message: 'not on the watchlist' },
    }));
    const recorder = new Recorder();
    client.subscribe(BARE, recorder);
    client.subscribe('symbol:XRP/USDT:trades', new Recorder())();
    await settled();
    expect(recorder.seen).toEqual(['unknown_instrument']);
    transport.lose();
    answerAt(transport, 2);
    transport.connect();
    await settled();
    expect(recorder.seen.slice(1)).toEqual(['reset', 2, 'started']);
    expect(transport.callsOf('subscribe')).toEqual([{ channel: BARE }]);
  });
});
