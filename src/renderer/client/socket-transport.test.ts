import { describe, expect, it } from 'vitest';
import type { BotCommand } from '#contract/bot-records.ts';
import type { Push } from '#contract/pushes.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { type HubSocket, SocketTransport } from './socket-transport.ts';
import type { ConnectionState } from './transport.ts';

/** A Socket.IO client that is driven by the test. */
class FakeSocket implements HubSocket {
  connected = false;
  connects = 0;
  readonly #listeners = new Map<string, (argument: never) => void>();
  #any: (event: string, payload: unknown) => void = () => undefined;
  ack: () => Promise<unknown> = async () => ({ ok: true });

  connect(): void {
    this.connects += 1;
  }
  disconnect(): void {
    if (this.connected) this.drop('io client disconnect');
  }
  on(event: string, listener: (argument: never) => void): void {
    this.#listeners.set(event, listener);
  }
  onAny(listener: (event: string, payload: unknown) => void): void {
    this.#any = listener;
  }
  timeout() {
    return { emitWithAck: () => this.ack() };
  }
  accept(): void {
    this.connected = true;
    this.#emit('connect', undefined);
  }
  drop(reason: string): void {
    this.connected = false;
    this.#emit('disconnect', reason);
  }
  refuse(message: string, data?: { code: string }): void {
    this.#emit('connect_error', Object.assign(new Error(message), { data }));
  }
  receive(event: string, payload: unknown): void {
    this.#any(event, payload);
  }
  #emit(event: string, argument: unknown): void {
    this.#listeners.get(event)?.(argument as never);
  }
}

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

async function start() {
  const socket = new FakeSocket();
  const clock = new FakeClock(0);
  const states: ConnectionState[] = [];
  const pushes: Push[] = [];
  const commands: BotCommand[] = [];
  const silences: (number | null)[] = [];
  let sessions = 0;
  const transport = new SocketTransport({
    socket,
    clock,
    random: () => 0,
    openSession: async () => {
      sessions += 1;
    },
  });
  transport.start({
    onPushes: (batch) => pushes.push(...batch),
    onConnection: (state) => states.push(state),
    onCommand: (command) => commands.push(command),
    onSilence: (sinceTime) => silences.push(sinceTime),
  });
  await settled();
  return { socket, clock, states, pushes, commands, silences, transport, sessions: () => sessions };
}

describe('SocketTransport', () => {
  it('makes sure of the session before it connects', async () => {
    const { socket, states, sessions } = await start();
    expect(sessions()).toBe(1);
    expect(socket.connects).toBe(1);
    socket.accept();
    expect(states).toEqual([{ kind: 'connecting', attempt: 0 }, { kind: 'connected' }]);
  });

  it('[H5] tries again for ever, later each time, and says when', async () => {
    const { socket, clock, states } = await start();
    socket.accept();
    socket.drop('transport close');
    expect(states.at(-1)).toEqual({
      kind: 'lost',
      reason: 'transport close',
      attempt: 1,
      nextTryTime: 1_000,
    });
    for (const delayMs of [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      const { connects } = socket;
      clock.advance(delayMs - 1);
      await settled();
      expect(socket.connects).toBe(connects);
      clock.advance(1);
      await settled();
      expect(socket.connects).toBe(connects + 1);
      socket.refuse('xhr poll error');
    }
    expect(states.at(-1)).toMatchObject({ kind: 'lost', attempt: 7 });
    socket.accept();
    socket.drop('ping timeout');
    expect(states.at(-1)).toMatchObject({ kind: 'lost', attempt: 1 });
  });

  it('shows a refusal as one, and tries the session again', async () => {
    const { socket, clock, states, sessions } = await start();
    socket.refuse('unauthorized', { code: 'unauthorized' });
    expect(states.at(-1)).toMatchObject({ kind: 'refused', code: 'unauthorized', attempt: 1 });
    clock.advance(30_000);
    await settled();
    expect(sessions()).toBe(2);
    expect(socket.connects).toBe(2);
  });

  it('tries at once when asked to, and then not once more by the timer', async () => {
    const { socket, clock, transport } = await start();
    socket.refuse('unreachable');
    transport.retryNow();
    transport.retryNow();
    await settled();
    expect(socket.connects).toBe(2);
    clock.advance(60_000);
    await settled();
    expect(socket.connects).toBe(2);
  });

  it('hands on what is a push and nothing else', async () => {
    const { socket, pushes } = await start();
    socket.receive('feed:status', { channel: 'feeds' });
    socket.receive('bot:subscribed', ['b1']);
    expect(pushes).toEqual([{ event: 'feed:status', payload: { channel: 'feeds' } }]);
  });

  it('[X4.9] hands on the commands that it knows', async () => {
    const { socket, commands } = await start();
    const stop = { botId: 'b1', command: 'stop', id: 'c1' } as const;
    socket.receive('bot:command', { ...stop, command: 'dance' });
    socket.receive('bot:command', stop);
    expect(commands).toEqual([stop]);
  });

  it('answers a call without a connection as unavailable', async () => {
    const { transport } = await start();
    expect(await transport.call('unsubscribe', { channel: 'feeds' })).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    });
  });

  it('gives up a hub that does not answer, and one that answers nonsense only that answer', async () => {
    const { socket, states, transport } = await start();
    socket.accept();
    socket.ack = async () => 'nonsense';
    expect(await transport.call('unsubscribe', { channel: 'feeds' })).toMatchObject({
      error: { code: 'internal' },
    });
    expect(socket.connected).toBe(true);
    socket.ack = () => Promise.reject(new Error('operation has timed out'));
    expect(await transport.call('unsubscribe', { channel: 'feeds' })).toMatchObject({
      error: { code: 'unavailable' },
    });
    expect(states.at(-1)).toMatchObject({ kind: 'lost', attempt: 1 });
  });

  it('tells of a hub that says nothing over a connection that stands, until it does again', async () => {
    const { socket, clock, silences, transport } = await start();
    socket.accept();
    let answer: (ack: unknown) => void = () => undefined;
    socket.ack = () => new Promise((resolve) => (answer = resolve));
    const reply = transport.call('unsubscribe', { channel: 'feeds' });
    clock.advance(5_000);
    expect(silences).toEqual([0]);
    socket.receive('feeds', {});
    expect(silences).toEqual([0, null]);
    clock.advance(5_000);
    expect(silences).toEqual([0, null, 5_000]);
    answer({ ok: true });
    expect(await reply).toEqual({ ok: true });
    expect(silences.at(-1)).toBeNull();
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives up a connection that nothing comes over where it is told to try now', async () => {
    const { socket, states, clock, silences, transport } = await start();
    socket.accept();
    socket.ack = () => new Promise(() => undefined);
    void transport.call('unsubscribe', { channel: 'feeds' });
    clock.advance(5_000);
    transport.retryNow();
    await settled();
    expect(states.at(-1)).toMatchObject({ kind: 'connecting', attempt: 1 });
    expect(socket.connects).toBe(2);
    expect(silences).toEqual([0, null]);
  });

  it('leaves no timer behind when it is stopped', async () => {
    const { socket, clock, states, transport } = await start();
    socket.accept();
    socket.drop('transport close');
    transport.stop();
    expect(clock.pendingTimers).toBe(0);
    expect(states.at(-1)).toEqual({ kind: 'stopped' });
  });

  it('[H4] says why the hub ended the connection, and comes back where that is invited', async () => {
    const { socket, states, clock } = await start();
    socket.accept();
    socket.receive('closing', { reason: 'slow_consumer', reconnect: true });
    socket.drop('io server disconnect');
    expect(states.at(-1)).toMatchObject({ kind: 'refused', code: 'slow_consumer', attempt: 1 });
    clock.advance(60_000);
    await settled();
    expect(socket.connects).toBe(2);
    socket.accept();
    socket.drop('transport close');
    expect(states.at(-1)).toMatchObject({ kind: 'lost', reason: 'transport close' });
  });

  it('[H4] stays away where it is asked to, until it is told by hand', async () => {
    const { socket, states, clock, transport } = await start();
    socket.accept();
    socket.receive('closing', { reason: 'replaced', reconnect: false });
    socket.drop('io server disconnect');
    const away = { kind: 'refused', code: 'replaced', attempt: 0, nextTryTime: null };
    expect(states.at(-1)).toEqual(away);
    clock.advance(600_000);
    await settled();
    expect(socket.connects).toBe(1);
    transport.retryNow();
    await settled();
    expect(socket.connects).toBe(2);
  });
});

describe('a batch', () => {
  it('is handed on as the prices in it, and what is none as nothing', async () => {
    const { socket, pushes } = await start();
    socket.accept();
    socket.receive('price:batch', { timestamp: 1, updates: [{ price: 1 }, { price: 2 }] });
    socket.receive('price:batch', { timestamp: 1 });
    socket.receive('price:batch', null);
    expect(pushes).toEqual([
      { event: 'price:update', payload: { price: 1 } },
      { event: 'price:update', payload: { price: 2 } },
    ]);
  });
});
