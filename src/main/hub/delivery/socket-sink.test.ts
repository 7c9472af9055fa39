import { Socket as NetSocket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { channel } from '#contract/channels.ts';
import { succeed } from '#contract/errors.ts';
import { SAMPLE_ID, sampleLog, sampleTicker } from '#tests/fakes/publications.ts';
import { OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';

const LOGS = channel.bot('b1', 'logs');
const TICKER = channel.ticker(SAMPLE_ID);

let test: TestHub;
beforeEach(async () => {
  test = await startTestHub();
  test.surroundings.createBot('b1');
});
afterEach(() => test.close());

type TestClient = ReturnType<TestHub['client']>;

const messagesOf = (client: TestClient) => client.payloads('bot:log').map(({ message }) => message);
const publishLogs = (from: number, to: number, text = '') => {
  for (let id = from; id <= to; id += 1) {
    test.surroundings.broker.publish(sampleLog(`${id}${text}`));
  }
};
/** The TCP connection under a client's WebSocket. */
const lineOf = ({ socket }: TestClient): NetSocket =>
  (socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket;

it('[B2] keeps the order over an upgrade from polling, under load', async () => {
  const client = test.client({ transports: ['polling', 'websocket'] });
  await client.connect();
  await client.call('subscribe', { channel: LOGS });
  let next = 1;
  while (client.socket.io.engine.transport.name === 'polling') {
    publishLogs(next, next + 9);
    next += 10;
    await new Promise((resolve) => setImmediate(resolve));
  }
  publishLogs(next, next + 99);
  await client.until(() => messagesOf(client).length === next + 99);
  expect(messagesOf(client)).toEqual(
    Array.from({ length: next + 99 }, (_, index) => String(index + 1)),
  );
});

it('[B7] disconnects a client that does not read its streams, and others feel nothing', async () => {
  const [slow, healthy] = [0, 1].map(() => test.client({ transports: ['websocket'] }));
  if (!slow || !healthy) return;
  for (const client of [slow, healthy]) {
    await client.connect();
    await client.call('subscribe', { channel: LOGS });
  }
  lineOf(slow).pause();
  // More than the operating system takes on a connection's behalf, and our own limit.
  const text = 'x'.repeat(10_000);
  let count = 0;
  while (test.hub.stats().connections === 2 && count < 10_000) {
    publishLogs(count + 1, count + 20, text);
    count += 20;
    const published = count;
    await healthy.until(() => messagesOf(healthy).length === published);
  }
  await vi.waitFor(() => expect(test.hub.stats().connections).toBe(1));
  expect(messagesOf(healthy)).toHaveLength(count);
  const { promise: lost, resolve } = Promise.withResolvers<void>();
  slow.socket.once('disconnect', () => resolve());
  lineOf(slow).resume();
  await lost;
  const seen = messagesOf(slow).length;
  expect(seen).toBeLessThan(count);
  // What it has is a beginning without a hole: from there it recovers (B4).
  expect(messagesOf(slow)).toEqual(messagesOf(healthy).slice(0, seen));
}, 30_000);

it('[B6] holds prices back from a client that is hidden, and not its logs', async () => {
  const client = test.client({ transports: ['websocket'] });
  await client.connect();
  for (const name of [LOGS, TICKER]) await client.call('subscribe', { channel: name });
  await client.call('visibility', { hidden: true });
  test.surroundings.broker.publish(sampleTicker(1));
  publishLogs(1, 1);
  await client.until(() => messagesOf(client).length === 1);
  expect(client.payloads('price:update')).toEqual([]);
  await client.call('visibility', { hidden: false });
  await client.until(() => client.payloads('price:update').length === 1);
});

it('takes the wishes of the handshake', async () => {
  const auth = { token: OWNER.token, protocol: 1, batch: true, compact: true };
  const client = test.client({ transports: ['websocket'], auth });
  await client.connect();
  await client.call('subscribe', { channel: TICKER });
  test.surroundings.broker.publish(sampleTicker(5));
  await client.until(() => client.payloads('price:batch').length === 1);
  expect(client.payloads('price:batch')).toMatchObject([{ updates: [{ s: SAMPLE_ID, p: 5 }] }]);
});

it('writes to the system once for all answers that are ready together', async () => {
  const client = test.client({ transports: ['websocket'] });
  await client.connect();
  const written = Promise.withResolvers<void>();
  const publish = vi.spyOn(test.surroundings, 'publishRecord').mockImplementation(async () => {
    await written.promise;
    return succeed({ duplicate: false });
  });
  const answers = Array.from({ length: 50 }, (_, index) =>
    client.call('bot:publish', sampleRecord(`${index}`)),
  );
  await vi.waitFor(() => expect(publish).toHaveBeenCalledTimes(answers.length));
  const writes = vi.spyOn(NetSocket.prototype, '_writev');
  written.resolve();
  await Promise.all(answers);
  // The first alone: with it, Engine.IO learns that it may not write for the moment.
  expect(writes.mock.calls.length).toBeLessThanOrEqual(2);
});

const sampleRecord = (id: string) => ({
  ...{ botId: 'b1', id, kind: 'log' as const },
  data: { level: 'info' as const, message: id, time: 1_700_000_000_000 },
});
