import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const ID = 'replay:BTC/USDT' as InstrumentId;
const SPEC = `replay:${SPOT_BTCUSDT}@max`;
const TRADES = 9_757;

interface RecordedTrade {
  readonly id: string;
  readonly price: number;
  readonly size: number;
  readonly side: 'buy' | 'sell';
  readonly timestamp: number;
}

/** The oracle: the file's trades by the shortest way, sharing no code with the feed. */
function readRecordedTrades(): RecordedTrade[] {
  const lines = gunzipSync(readFileSync(SPOT_BTCUSDT)).toString().split('\n');
  return lines
    .filter((line) => line.includes('@trade'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))).data)
    .map(({ t, p, q, m, T }) => ({
      id: String(t),
      price: Number(p),
      size: Number(q),
      side: m ? 'sell' : 'buy',
      timestamp: T,
    }));
}

function minutesOf(trades: readonly RecordedTrade[]) {
  const minutes = Map.groupBy(trades, ({ timestamp }) => Math.floor(timestamp / 60_000) * 60_000);
  return [...minutes].map(([openTime, inside]) => {
    const prices = inside.map(({ price }) => price);
    const sum = (list: readonly RecordedTrade[]) =>
      list.reduce((total, { size }) => total + size, 0);
    return {
      openTime,
      open: prices[0],
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices.at(-1),
      volume: sum(inside),
      buyVolume: sum(inside.filter(({ side }) => side === 'buy')),
      tradeCount: inside.length,
    };
  });
}

const GRID: RequestInput<'bots.create'> = {
  name: 'Grid',
  strategy: 'grid',
  instrumentId: ID,
  params: { levels: 8, spacingBps: 1, quantity: '0.05' },
  initialCash: '10000' as DecimalString,
  makerFeeBps: 1,
  takerFeeBps: 5,
  start: false,
};

describe.skipIf(!hasRecordings)(`a recording at max speed${needsRecordings}`, () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let monitor: Monitor;
  let hub: HubConnection;

  beforeEach(async () => {
    directory = temporaryDirectory();
    monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: [SPEC] });
    hub = await connectTo(monitor);
    await hasEnded();
  });
  afterEach(async () => {
    hub.close();
    await monitor.close();
    directory.remove();
  });

  const feed = async () => (await hub.request('feeds.list', {})).feeds[0];
  const hasEnded = () => eventually(feed, (status) => status?.state.kind === 'ended');
  const playAgain = async () => {
    const status = await feed();
    await hub.request('feeds.restart', { feedId: status?.id ?? '' });
    await hasEnded();
  };
  const tape = async () =>
    (await hub.request('trades.get', { instrumentId: ID, limit: 50_000 })).trades;

  it('[B2] brings every trade to tape, candles and a subscriber exactly once, in order', async () => {
    const recorded = readRecordedTrades();
    expect(recorded).toHaveLength(TRADES);
    expect(await tape()).toEqual(recorded);

    const received: RecordedTrade[] = [];
    const gaps: unknown[] = [];
    const start = await hub.subscribe(channel.trades('BTC/USDT'));
    let lastSeq = start.offset;
    hub.socket.on('gap', (gap) => gaps.push(gap));
    hub.socket.on('trade:new', (push: PushPayload<'trade:new'>) => {
      if (push.prevSeq !== lastSeq) gaps.push(push);
      lastSeq = push.seq;
      received.push(...push.trades);
    });
    await playAgain();
    await eventually(
      () => received.length,
      (count) => count >= TRADES,
    );
    expect(gaps).toEqual([]);
    expect(received).toEqual(recorded);
    // Played twice, and still once on the tape.
    expect(await tape()).toHaveLength(TRADES);

    const { candles } = await hub.request('candles.get', { instrumentId: ID, interval: '1m' });
    const expected = minutesOf(recorded);
    expect(candles.map(({ isClosed: _, volume, buyVolume, ...exact }) => exact)).toEqual(
      expected.map(({ volume, buyVolume, ...exact }) => exact),
    );
    candles.forEach((candle, index) => {
      expect(candle.volume).toBeCloseTo(expected[index]?.volume ?? Number.NaN, 9);
      expect(candle.buyVolume).toBeCloseTo(expected[index]?.buyVolume ?? Number.NaN, 9);
    });
  });

  it('sends every closed candle to a subscriber, none conflated away', async () => {
    const closed = new Map<number, number | null>();
    await hub.subscribe(channel.candles(ID, '1s'));
    hub.socket.on('candle:update', ({ candle }: PushPayload<'candle:update'>) => {
      if (candle.isClosed) closed.set(candle.openTime, candle.tradeCount);
    });
    await playAgain();
    const seconds = Map.groupBy(readRecordedTrades(), ({ timestamp }) =>
      Math.floor(timestamp / 1_000),
    );
    const expected = [...seconds]
      .slice(0, -1)
      .map(([second, inside]) => [second * 1_000, inside.length]);
    await eventually(
      () => closed.size,
      (size) => size >= expected.length,
    );
    expect([...closed].sort(([a], [b]) => a - b)).toEqual(expected);
  });

  it('[T5] gives the same bot the same fills each time, in order and to the last digit', async () => {
    const runs: Omit<Fill, 'id' | 'botId' | 'orderId'>[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const { config } = await hub.request('bots.create', GRID);
      await hub.request('bots.start', { botId: config.id });
      await playAgain();
      await hub.request('bots.stop', { botId: config.id });
      const { items } = await hub.request('fills.list', { botId: config.id, limit: 1_000 });
      runs.push(items.map(({ id: _, botId: _bot, orderId: _order, ...fill }) => fill));
    }
    expect(runs[0]?.length).toBeGreaterThan(10);
    expect(runs[1]).toEqual(runs[0]);
  });

  it('tells a subscriber of a bot each fill once, in the order of the ledger', async () => {
    const { config } = await hub.request('bots.create', GRID);
    await hub.call('bot:subscribe:one', config.id);
    const told: Fill[] = [];
    hub.socket.on('bot:trade', ({ trade }: PushPayload<'bot:trade'>) => told.push(trade));
    await hub.request('bots.start', { botId: config.id });
    await playAgain();
    const { items } = await hub.request('fills.list', { botId: config.id, limit: 1_000 });
    await eventually(
      () => told.length,
      (count) => count >= items.length,
    );
    expect(told).toEqual(items.toReversed());
    const { items: notified } = await hub.request('notifications.list', { limit: 1_000 });
    const fills = notified.filter(({ kind }) => kind === 'fill').map(({ source }) => source.fillId);
    expect(fills.sort()).toEqual(items.map(({ id }) => id).sort());
  });
});
