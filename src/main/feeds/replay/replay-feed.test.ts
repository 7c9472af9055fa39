import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { RecordingSink } from '../recording-sink.fixture.ts';
import { ReplayFeed } from './replay-feed.ts';

const START_MS = 1_723_161_254_000;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tapedeck-replay-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

const line = (offsetMs: number, json: unknown) =>
  `${START_MS + offsetMs}000000 ${JSON.stringify(json)}\n`;

const trade = (offsetMs: number, id: number, symbol = 'BTCUSDT', stream = 'trade') =>
  line(offsetMs, {
    stream: `${symbol.toLowerCase()}@${stream}`,
    data: {
      ...{ s: symbol, t: id, a: id, p: '61837.63000000', q: '0.02000000' },
      ...{ T: START_MS + offsetMs + 1_268, m: id % 2 === 0, M: true },
    },
  });

const depth = (offsetMs: number, first: number, last: number) =>
  line(offsetMs, {
    stream: 'btcusdt@depth@100ms',
    data: {
      ...{ s: 'BTCUSDT', E: START_MS + offsetMs, U: first, u: last },
      ...{ b: [['100.0', '1.0']], a: [['101.0', '1.0']] },
    },
  });

const snapshot = (offsetMs: number, lastUpdateId: number) =>
  line(offsetMs, { lastUpdateId, bids: [['99.0', '2.0']], asks: [['102.0', '2.0']] });

const tradeLines = (count: number) =>
  Array.from({ length: count }, (_, i) => trade(i * 100, i + 1)).join('');

async function play(file: string) {
  const sink = new RecordingSink();
  const feed = new ReplayFeed(file, 'max', new FakeClock());
  return { sink, end: await feed.run(sink, new AbortController().signal) };
}

describe('a recording of futures', () => {
  it('tells of the liquidations of its instruments, and of no others', async () => {
    const forced = (symbol: string) =>
      line(150, {
        stream: '!forceOrder@arr',
        data: { o: { s: symbol, S: 'SELL', ap: '61000.5', z: '0.25', T: START_MS + 140 } },
      });
    const content = [trade(0, 1), forced('BTCUSDT'), forced('ETHUSDT'), trade(200, 2)].join('');
    const { sink, end } = await play(await write('forced.txt', content));
    expect(end).toEqual({ kind: 'ended' });
    expect(sink.rejections).toEqual([]);
    expect(sink.events.filter(({ kind }) => kind === 'liquidation')).toMatchObject([
      { liquidation: { side: 'sell', price: 61000.5, size: 0.25, eventTime: START_MS + 140 } },
    ]);
  });
});

describe('a recording with faults', () => {
  it('[F5] skips, counts and names broken lines, and goes on', async () => {
    const content = [
      trade(0, 1),
      'this is not a record\n',
      `${START_MS}000000 {"stream":"btcusdt@trade","data":{"s":\n`,
      trade(10, 2).replace('61837.63000000', 'NaN'),
      '\n',
      trade(20, 3).replace(String(START_MS + 20), String(START_MS / 1_000)),
      trade(30, 4),
      trade(40, 5, 'DOGEUSDT').replace('DOGEUSDT', '??'),
    ].join('');
    const { sink, end } = await play(await write('broken.txt', content));
    expect(end).toEqual({ kind: 'ended' });
    expect(sink.trades.map(({ id }) => id)).toEqual(['1', '4']);
    expect(sink.rejections).toEqual([
      { line: 2, reason: 'does not begin with a receive time in unix nanoseconds' },
      { line: 3, reason: 'not valid JSON' },
      { line: 4, reason: 'trade price is not a decimal' },
      { line: 6, reason: 'does not begin with a receive time in unix nanoseconds' },
      { line: 8, reason: "?? is not in the recording's head" },
    ]);
  });

  it('delivers everything before the end of a gzip file that is cut off, and says so', async () => {
    const lines = tradeLines(20_000);
    const packed = gzipSync(lines);
    const { sink, end } = await play(
      await write('cut.gz', packed.subarray(0, Math.floor(packed.length * 0.7))),
    );
    expect(end).toEqual({ kind: 'ended' });
    const { length } = sink.trades;
    expect(length).toBeGreaterThan(10_000);
    expect(sink.trades.every(({ id }, i) => id === String(i + 1))).toBe(true);
    expect(sink.rejections).toHaveLength(1);
    expect(sink.rejections[0]).toMatchObject({
      line: length + 1,
      reason: expect.stringContaining('the file is cut off'),
    });
  });

  it('loses no complete line where only the gzip trailer is missing', async () => {
    const packed = gzipSync(tradeLines(3_000));
    const { sink } = await play(await write('trailer.gz', packed.subarray(0, -8)));
    expect(sink.trades).toHaveLength(3_000);
    expect(sink.rejections).toEqual([
      { line: 3_001, reason: 'the file is cut off: the gzip data end early' },
    ]);
  });

  it('says where gzip data are damaged in the middle', async () => {
    const packed = Buffer.from(gzipSync(tradeLines(60_000)));
    packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
    const { sink, end } = await play(await write('damaged.gz', packed));
    expect(end).toEqual({ kind: 'ended' });
    expect(sink.trades.length).toBeGreaterThan(1_000);
    expect(sink.rejections.at(-1)?.reason).toMatch(/^the gzip data are damaged/);
  });

  it('reads gzip by its content whatever the name, several members, and a last line without end', async () => {
    const members = Buffer.concat([gzipSync(trade(0, 1)), gzipSync(trade(1, 2).trimEnd())]);
    const { sink } = await play(await write('packed.txt', members));
    expect(sink.trades.map(({ id }) => id)).toEqual(['1', '2']);
    expect(sink.rejections).toEqual([]);
  });

  it('[F4] throws the book away at a gap and takes the next snapshot', async () => {
    const content = [
      ...[depth(0, 1, 10), snapshot(5, 8), depth(10, 11, 12)],
      ...[depth(20, 15, 16), depth(30, 17, 18), snapshot(40, 17), depth(50, 19, 19)],
    ].join('');
    const { sink } = await play(await write('gap.txt', content));
    expect(sink.events.map(({ kind }) => kind)).toEqual([
      ...['bookSnapshot', 'bookDelta', 'bookDelta', 'bookLost'],
      ...['bookSnapshot', 'bookDelta', 'bookDelta'],
    ]);
  });

  it('carries several symbols, and refuses a snapshot that could be of either', async () => {
    const content = [trade(0, 1), trade(1, 1, 'ETHUSDT'), snapshot(2, 5)].join('');
    const file = await write('two.txt', content);
    const instruments = await new ReplayFeed(file, 1, new FakeClock()).instruments();
    expect(instruments).toMatchObject({
      value: [{ id: 'replay:BTC/USDT' }, { id: 'replay:ETH/USDT' }],
    });
    const { sink } = await play(file);
    expect(sink.rejections).toMatchObject([{ line: 3 }]);
  });

  it('takes aggregated trades only where single ones are not recorded', async () => {
    const aggregated = trade(0, 7, 'BTCUSDT', 'aggTrade');
    const only = await play(await write('aggregated.txt', aggregated));
    const both = await play(await write('both.txt', aggregated + trade(1, 70)));
    expect(only.sink.trades.map(({ id }) => id)).toEqual(['7']);
    expect(both.sink.trades.map(({ id }) => id)).toEqual(['70']);
  });
});

describe('a file that is not a recording', () => {
  it.each([
    ['missing.gz', null, 'not_found', 'There is no file'],
    ['empty.gz', '', 'invalid_payload', 'is empty.'],
    [
      'prose.txt',
      'Once upon a time\n',
      'invalid_payload',
      'no recorded Binance market data (line 1',
    ],
    ['random.bin', Buffer.alloc(9_000, 7), 'invalid_payload', 'no recorded Binance market data'],
    ['magic.gz', Buffer.from([0x1f, 0x8b, 1, 2]), 'invalid_payload', 'no recorded Binance'],
  ])('%s: one clear sentence', async (name, content, code, message) => {
    const file = content === null ? path.join(folder, name) : await write(name, content);
    const feed = new ReplayFeed(file, 1, new FakeClock());
    const expected = { code, message: expect.stringContaining(message) };
    expect(await feed.instruments()).toMatchObject({ ok: false, error: expected });
    const end = await feed.run(new RecordingSink(), new AbortController().signal);
    expect(end).toMatchObject({ kind: 'failed', isFinal: true, failure: expected });
  });

  it('a folder: one clear sentence', async () => {
    expect(await new ReplayFeed(folder, 1, new FakeClock()).instruments()).toMatchObject({
      error: { code: 'invalid_payload', message: expect.stringContaining('is a folder') },
    });
  });
});

describe('pace', () => {
  /** Starts a replay and offers to wait until it sleeps or has ended. */
  function start(file: string, speed: number | 'max') {
    const clock = new FakeClock();
    const sink = new RecordingSink();
    const abort = new AbortController();
    const run = { end: null as unknown };
    const ended = new ReplayFeed(file, speed, clock).run(sink, abort.signal).then((end) => {
      run.end = end;
      return end;
    });
    const settle = () =>
      vi.waitFor(() => expect(clock.pendingTimers > 0 || run.end !== null).toBe(true), 5_000);
    return { clock, sink, abort, ended, settle };
  }

  it.each([
    [1, 100],
    [10, 10],
    [0.5, 200],
  ])('at %d× trades recorded 100 ms apart come %d ms apart', async (speed, apartMs) => {
    const replay = start(await write(`pace-${speed}.txt`, tradeLines(4)), speed);
    await replay.settle();
    expect(replay.sink.trades).toHaveLength(1);
    replay.clock.advance(apartMs - 1);
    await nextTurn();
    expect(replay.sink.trades).toHaveLength(1);
    replay.clock.advance(1);
    await replay.settle();
    expect(replay.sink.trades).toHaveLength(2);
    replay.clock.advance(2 * apartMs);
    expect(await replay.ended).toEqual({ kind: 'ended' });
    expect(replay.sink.trades.map(({ receivedTime }) => receivedTime - START_MS)).toEqual([
      ...[0, 100, 200, 300],
    ]);
    expect(replay.clock.pendingTimers).toBe(0);
  });

  it('tells the same events at any speed', async () => {
    const file = await write('same.txt', tradeLines(50));
    const paced = start(file, 1_000);
    while (paced.sink.trades.length < 50) {
      await paced.settle();
      paced.clock.advance(3);
      await nextTurn();
    }
    await paced.ended;
    const { sink } = await play(file);
    expect(paced.sink.events).toEqual(sink.events);
  });

  it('does not pour out what a sleeping machine missed, but goes on from there', async () => {
    const replay = start(await write('sleep.txt', tradeLines(1_000)), 1);
    await replay.settle();
    replay.clock.advance(8 * 3_600_000);
    await vi.waitFor(() => expect(replay.sink.trades.length).toBeGreaterThan(1));
    await replay.settle();
    expect(replay.sink.trades.length).toBeLessThan(20);
    replay.abort.abort();
    await replay.ended;
  });

  it('ends at an abort while it waits, and leaves no timer behind', async () => {
    const replay = start(await write('abort.txt', tradeLines(4)), 1);
    await replay.settle();
    replay.abort.abort();
    expect(await replay.ended).toEqual({ kind: 'aborted' });
    expect(replay.clock.pendingTimers).toBe(0);
  });

  it('at max gives the event loop a turn after each batch, and can be aborted there', async () => {
    const file = await write('max.txt', tradeLines(5_000));
    const sink = new RecordingSink();
    const abort = new AbortController();
    let turns = 0;
    const count = () => {
      turns++;
      if (turns < 3) setImmediate(count);
      else abort.abort();
    };
    const running = new ReplayFeed(file, 'max', new FakeClock()).run(
      {
        onState: () => setImmediate(count),
        onRejected: () => undefined,
        onMarketHours: () => undefined,
        onClockSample: () => undefined,
        onEvents: (events) => sink.onEvents(events),
      },
      abort.signal,
    );
    expect(await running).toEqual({ kind: 'aborted' });
    expect(turns).toBe(3);
    expect(sink.trades.length).toBeLessThan(5_000);
  });
});
