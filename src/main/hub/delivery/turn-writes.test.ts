import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TurnWrites } from './turn-writes.ts';

let line: Socket;
let received = '';
let close: () => void;
beforeEach(async () => {
  received = '';
  const server = createServer((peer) => {
    peer.setEncoding('latin1').on('data', (text: string) => {
      received += text;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  line = connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(line, 'connect');
  close = () => {
    line.destroy();
    server.close();
  };
});
afterEach(() => close());

/** How many writes reach the system: `write` one message each, `writev` several. */
const watchSystem = () => {
  const internals = line as unknown as Record<'_write' | '_writev', (...given: unknown[]) => void>;
  return [vi.spyOn(internals, '_write'), vi.spyOn(internals, '_writev')] as const;
};
const turnEnds = () => new Promise((resolve) => setImmediate(resolve));

it('writes the first of a turn at once, and all others of it together at its end', async () => {
  const [single, several] = watchSystem();
  const writes = new TurnWrites();
  for (const text of ['a', 'b', 'c', 'd']) writes.write(line, Buffer.from(text));
  expect([single.mock.calls.length, several.mock.calls.length]).toEqual([1, 0]);
  await turnEnds();
  expect([single.mock.calls.length, several.mock.calls.length]).toEqual([1, 1]);
  writes.write(line, Buffer.from('e'));
  expect(single.mock.calls.length).toBe(2);
  await vi.waitFor(() => expect(received).toBe('abcde'));
});

it('lets the first of a long turn go before its last is there', async () => {
  const [single, several] = watchSystem();
  const writes = new TurnWrites();
  for (let count = 0; count < 40; count += 1) writes.write(line, Buffer.from('x'));
  expect([single.mock.calls.length, several.mock.calls.length]).toEqual([1, 2]);
  await turnEnds();
  expect(several.mock.calls.length).toBe(3);
  await vi.waitFor(() => expect(received).toBe('x'.repeat(40)));
});

it('[B7] lets nothing wait that would make a line look full whose reader keeps up', async () => {
  const writes = new TurnWrites();
  const piece = Buffer.alloc(line.writableHighWaterMark / 4, 'x');
  for (let count = 0; count < 10; count += 1) {
    writes.write(line, piece);
    expect(line.writableNeedDrain).toBe(false);
  }
  await vi.waitFor(() => expect(received.length).toBe(10 * piece.length));
});

it('leaves no line held that was changed for another within the turn', async () => {
  const other = connect(line.remotePort ?? 0, '127.0.0.1');
  await once(other, 'connect');
  const writes = new TurnWrites();
  for (const one of [line, line, other, line]) writes.write(one, Buffer.from('x'));
  await turnEnds();
  expect([line.writableCorked, other.writableCorked]).toEqual([0, 0]);
  other.destroy();
});
