import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { SAMPLE_ID, sampleTrade } from '#tests/fakes/publications.ts';
import { HubSurroundings, OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';
import { windowSink } from './delivery/window-sink.ts';
import { startHub } from './hub.ts';

let test: TestHub | undefined;
afterEach(async () => {
  await test?.close();
  test = undefined;
});

const failureOf = async (options: Partial<Parameters<typeof startHub>[0]>) => {
  const dependencies = new HubSurroundings();
  const started = await startHub({
    ...{ host: '127.0.0.1', port: 0, staticRoot: null, owner: OWNER },
    ...{ dependencies, tokens: dependencies.tokens },
    ...options,
  });
  if (started.ok) await started.value.close();
  return started.ok ? undefined : started.error;
};

describe('starting', () => {
  it('a port that is taken is told in one sentence', async () => {
    test = await startTestHub();
    expect(await failureOf({ port: test.port })).toEqual({
      code: 'unavailable',
      message: `Port ${test.port} on 127.0.0.1 is already in use. Is Tapedeck running already? Another port is taken with --port.`,
    });
  });

  it('[H3] refuses an address that others reach, without TLS or leave', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.7']) {
      expect(await failureOf({ host })).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('--insecure-lan'),
      });
    }
    expect(await failureOf({ host: '0.0.0.0', insecureLan: true })).toBeUndefined();
  });

  it('an address of another machine, and bad TLS files, are told', async () => {
    const foreign = await failureOf({ host: '192.0.2.7', insecureLan: true });
    expect(foreign?.message).toBe('This machine has no address 192.0.2.7.');
    const badTls = await failureOf({ tls: { cert: 'no certificate', key: 'no key' } });
    expect(badTls?.code).toBe('unavailable');
  });

  it('gives its address, and one with a fresh code each time', async () => {
    test = await startTestHub();
    const { url } = test.hub;
    expect(url).toBe(`http://127.0.0.1:${test.port}`);
    const opened = [test.hub.openUrl(), test.hub.openUrl()];
    for (const address of opened) expect(address).toMatch(`${url}/?code=`);
    expect(new Set(opened).size).toBe(2);
  });
});

/** A page that takes everything at once. */
const portOf = (deliver: (pushes: readonly Push[]) => void) => ({
  isReady: true,
  whenReady: (listener: () => void) => listener(),
  deliver,
  overflow: () => undefined,
});

describe('openSession', () => {
  it('[B7] keeps little for a window that does not take its trades, and marks what it missed', async () => {
    test = await startTestHub();
    const pushed: Push[] = [];
    const notAsked = (): void => undefined;
    let listener = notAsked;
    const port = {
      ...portOf((pushes) => pushed.push(...pushes)),
      isReady: false,
      whenReady: (ready: () => void) => {
        listener = ready;
      },
    };
    const session = test.hub.openSession(ownerCaller(OWNER.userId), windowSink(port));
    const name = channel.trades(SAMPLE_ID);
    await session.handle('subscribe', { channel: name });
    for (let id = 1; id <= 20_000; id += 1) test.surroundings.broker.publish(sampleTrade(id));
    // The first flush finds the window not ready, and waits for it.
    await vi.waitFor(() => expect(listener).not.toBe(notAsked));
    expect(pushed).toEqual([]);
    port.isReady = true;
    listener();
    const seen = () => pushed.map(({ event }) => event);
    await vi.waitFor(() => expect(seen()).toContain('gap'));
    expect(JSON.stringify(pushed).length).toBeLessThan(2 * 256 * 1_024);
    session.close();
  });

  it('serves a window without a socket', async () => {
    test = await startTestHub();
    const { promise: pushed, resolve } = Promise.withResolvers<readonly Push[]>();
    const session = test.hub.openSession(ownerCaller(OWNER.userId), windowSink(portOf(resolve)));
    const name = channel.trades(SAMPLE_ID);
    expect(await session.handle('subscribe', { channel: name })).toMatchObject({ ok: true });
    expect(test.hub.stats()).toMatchObject({ connections: 1, subscriptions: 1 });
    test.surroundings.broker.publish(sampleTrade(1));
    expect(await pushed).toMatchObject([{ event: 'trade:new', payload: { seq: 1 } }]);
    expect(test.hub.stats().messagesSent).toBe(1);
    session.close();
    expect(test.hub.stats()).toMatchObject({ connections: 0, subscriptions: 0 });
  });
});

describe('closing', () => {
  it('tells its clients, frees the port, and leaves no session', async () => {
    test = await startTestHub();
    const clients = [
      test.client({ transports: ['websocket'] }),
      test.client({ transports: ['polling'] }),
    ];
    for (const client of clients) {
      await client.connect();
      await client.call('bot:subscribe');
    }
    const gone = clients.map(
      ({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve)),
    );
    await test.hub.close();
    await Promise.all(gone);
    expect(test.hub.stats()).toMatchObject({ connections: 0, subscriptions: 0 });
    expect(test.surroundings.botListeners).toBe(0);
    const free = createServer().listen(test.port, '127.0.0.1');
    await once(free, 'listening');
    free.close();
  });

  it('ends within a second although a client hangs', async () => {
    test = await startTestHub();
    const path = '/socket.io/?EIO=4&transport=websocket';
    const hanging = [
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nContent-Length: 10\r\n\r\n`,
    ].map((head) => {
      const socket = connect(test?.port ?? 0, '127.0.0.1', () => socket.write(head));
      socket.on('error', () => socket.destroy());
      return socket;
    });
    const [upgraded] = hanging;
    if (upgraded) await once(upgraded, 'data');
    const started = performance.now();
    await test.hub.close();
    expect(performance.now() - started).toBeLessThan(1_000);
    for (const socket of hanging) socket.destroy();
  });
});
