import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deckBotSchema } from '#contract/replay-requests.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import { type CandleColumns, NOT_KNOWN } from '#domain/candle-columns.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { backtestBot } from '#main/app/backtest/backtest-bot.ts';
import { openSources, type SourceSpec } from '#main/app/backtest/source-spec.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { storeImportedCandles } from '#main/tape/imported-candles.ts';
import { createLog } from '#main/telemetry/log.ts';
import { temporaryDirectory } from '../../support/serve-process.ts';
import { median, round, unwrap } from '../tape/figures.ts';
import { recordLoopedTape } from './looped-tape.ts';
import { naiveBacktest } from './naive-backtest.ts';

const CROSS = {
  ...{ name: 'Cross', strategy: 'ma-cross', initialCash: '100000', takerFeeBps: 5 },
  params: { interval: '1m', average: 'EMA', fast: 50, slow: 200, quantity: '0.01' },
};

interface Speed {
  readonly wall: number;
  readonly cpu: number;
}

/** Millions a second, by the clock on the wall and by the processor's time. */
async function speedOf(count: number, work: () => Promise<unknown> | unknown): Promise<Speed> {
  const begunMs = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall: count / (performance.now() - begunMs) / 1_000, cpu: count / (user + system) };
}

const summary = (speeds: readonly Speed[]) => ({
  wall: round(median(speeds.map(({ wall }) => wall))),
  cpu: round(median(speeds.map(({ cpu }) => cpu))),
});

async function play(spec: SourceSpec, instrumentId: InstrumentId) {
  const { signal } = new AbortController();
  const sources = unwrap(await openSources(spec, { signal, onProgress: () => undefined }));
  if (!sources) throw new Error('nobody has canceled it');
  const bot = deckBotSchema.parse({ ...CROSS, instrumentId });
  const outcome = unwrap(
    await backtestBot(bot, 'bot1', unwrap(sources.of(instrumentId)), {
      ...{ log: createLog('silent'), strategies: BUILT_IN_STRATEGIES, signal },
      onProgress: () => undefined,
      breathe: () => nextTurn(),
    }),
  );
  sources.close();
  if (!outcome) throw new Error('nobody has canceled it');
  return outcome.report;
}

export interface BacktestBenchOptions {
  readonly trades: number;
  readonly candles: number;
  readonly rounds: number;
}

/** The naive way is so slow that it gets a part, which is as good for a speed. */
const ROWS_SHARE = 0.1;

/** The moving-average cross over recorded trades, and over candles, to a report. */
export async function measureBacktests(options: BacktestBenchOptions): Promise<object> {
  const directory = temporaryDirectory();
  const tape = join(directory.path, 'tape.db');
  const rows = join(directory.path, 'rows.db');
  const rowCount = Math.floor(options.trades * ROWS_SHARE);
  const id = recordLoopedTape({ tape, rows }, { tape: options.trades, rows: rowCount });
  const ours: Speed[] = [];
  const naive: Speed[] = [];
  let fills = 0;
  for (let index = 0; index < options.rounds && options.trades > 0; index++) {
    ours.push(
      await speedOf(options.trades, async () => {
        const report = await play({ kind: 'tape', tapePath: tape }, id);
        if (report.played.trades !== options.trades) throw new Error('not all were played');
        fills = report.fills;
      }),
    );
    naive.push(await speedOf(rowCount, () => naiveBacktest(rows)));
  }
  const candles = await measureCandles(tape, id, options);
  directory.remove();
  const [fast, slow] = [summary(ours), summary(naive)];
  return {
    trades: options.trades,
    fills,
    millionTradesPerSecond: {
      backtest: fast.wall,
      naive: slow.wall,
      ratio: round(fast.wall / slow.wall),
    },
    millionTradesPerCpuSecond: {
      backtest: fast.cpu,
      naive: slow.cpu,
      ratio: round(fast.cpu / slow.cpu),
    },
    candles,
  };
}

/** Invented candles: a wave, so that the averages cross. They lie on the tape as imported ones do. */
function storeWave(tapePath: string, instrumentId: InstrumentId, count: number): void {
  const start = Date.UTC(2000, 0, 1);
  const values = (of: (index: number) => number) =>
    Float64Array.from({ length: count }, (_, index) => of(index));
  const price = (index: number) =>
    Math.round(100_000 + 5_000 * Math.sin(index / 300) + 700 * Math.sin(index / 17)) / 10;
  const columns: CandleColumns = {
    count,
    openTimes: values((index) => start + index * INTERVAL_MS['1m']),
    opens: values((index) => price(index)),
    highs: values((index) => Math.max(price(index), price(index + 1)) + 1),
    lows: values((index) => Math.min(price(index), price(index + 1)) - 1),
    closes: values((index) => price(index + 1)),
    volumes: values((index) => 1 + (index % 50) / 10),
    buyVolumes: values(() => NOT_KNOWN),
    tradeCounts: values(() => NOT_KNOWN),
  };
  const tape = unwrap(openTapeDatabase(tapePath));
  unwrap(storeImportedCandles(tape, { instrumentId, interval: '1m' }, columns));
  tape.close();
}

async function measureCandles(
  tapePath: string,
  instrumentId: InstrumentId,
  { candles: count, rounds }: BacktestBenchOptions,
): Promise<object> {
  storeWave(tapePath, instrumentId, count);
  const speeds: Speed[] = [];
  let fills = 0;
  for (let index = 0; index < rounds; index++) {
    speeds.push(
      await speedOf(count, async () => {
        const spec = { kind: 'importedCandles', tapePath, interval: '1m' } as const;
        const report = await play(spec, instrumentId);
        if (report.played.candles !== count) throw new Error('not all were played');
        fills = report.fills;
      }),
    );
  }
  const { wall, cpu } = summary(speeds);
  return { candles: count, fills, millionPerSecond: wall, millionPerCpuSecond: cpu };
}
