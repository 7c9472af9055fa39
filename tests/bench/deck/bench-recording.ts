import { rmSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { deckBotSchema } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { openFileSource } from '#main/app/replay/replay-file-source.ts';
import { SpoolPlace } from '#main/app/replay/spool-place.ts';
import { openTrialDeck } from '#main/app/replay/trial-deck.fixture.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { SeededRandom } from '../../fuzz/random.ts';
import { BINANCE_RECORDINGS } from '../../support/recordings.ts';
import { temporaryDirectory } from '../../support/serve-process.ts';
import { round } from '../tape/figures.ts';
import { figuresOf } from './seek-figures.ts';

const SEEKS = 100;
/** The old way takes long. */
const SEEKS_FROM_START = 20;
const BYTES_A_MB = 1024 * 1024;
/** As decks that are opened have them. */
const WAYPOINTS = {
  finestTrades: 100,
  finestMs: 30,
  mostWaypoints: 1_000,
  mostBytes: 64 * BYTES_A_MB,
};

/**
 * A deck over a real recording, spooled, beside one that can only be read from its start: each is sent to
 * the same random places, to and fro.
 */
export async function benchRecording(file = join(BINANCE_RECORDINGS, 'usdm-btcusdt.gz')) {
  const directory = temporaryDirectory();
  const spools = new SpoolPlace(join(directory.path, 'spool'));
  try {
    const [bare, bareMs] = await timed(() => open(file));
    const [spooled, spooledMs] = await timed(() => open(file, spools));
    const spoolBytes = await bytesIn(join(directory.path, 'spool'));
    return {
      file: basename(file),
      fileMb: round(statSync(file).size / BYTES_A_MB),
      opening: {
        ...{ spooledMs: round(spooledMs), bareMs: round(bareMs) },
        spoolMb: round(spoolBytes / BYTES_A_MB),
      },
      withoutBots: await sideBySide(spooled, bare, false),
      withBot: await sideBySide(await open(file, spools), bare, true),
    };
  } finally {
    rmSync(directory.path, { recursive: true, force: true });
  }
}

async function sideBySide(spooled: ReplaySource, bare: ReplaySource, hasBot: boolean) {
  const anywhere = await seeks(spooled, hasBot, SEEKS);
  const fromStart = await seeks(bare, hasBot, SEEKS_FROM_START);
  return { anywhere, fromStart, cpuRatio: round(fromStart.cpu.p50Ms / anywhere.cpu.p50Ms) };
}

/**
 * From the request until the market is shown, and until all is there, also by the processor's time; after the
 * whole way was gone once.
 */
async function seeks(source: ReplaySource, hasBot: boolean, count: number) {
  const [instrument] = source.instruments;
  const bot = deckBotSchema.parse({
    ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: instrument?.id, params: {} },
    ...{ initialCash: '100000', makerFeeBps: 1, takerFeeBps: 5 },
  });
  const { deck, settled } = await openTrialDeck(source, {
    bots: hasBot ? [{ id: 'd1_bot1', draft: bot, isRunning: true }] : [],
    waypoints: WAYPOINTS,
  });
  const go = async (time: number) => {
    const begunMs = performance.now();
    const cpuBefore = process.cpuUsage();
    await deck.seek(time as EpochMs);
    const shownMs = performance.now() - begunMs;
    await settled();
    const { user, system } = process.cpuUsage(cpuBefore);
    return { shownMs, thereMs: performance.now() - begunMs, cpuMs: (user + system) / 1_000 };
  };
  const { thereMs: firstWayMs } = await go(source.toTime);
  const places = new SeededRandom(11);
  const shown: number[] = [];
  const there: number[] = [];
  const cpu: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const { fromTime, toTime } = source;
    const times = await go(Math.floor(fromTime + places.next() * (toTime - fromTime)));
    shown.push(times.shownMs);
    there.push(times.thereMs);
    cpu.push(times.cpuMs);
  }
  await deck.close();
  const begun = source.isSeekable ? { shown: figuresOf(shown) } : {};
  return { firstWayMs: round(firstWayMs), ...begun, there: figuresOf(there), cpu: figuresOf(cpu) };
}

async function open(file: string, spools?: SpoolPlace): Promise<ReplaySource> {
  const { signal } = new AbortController();
  const reading = { signal, onProgress: () => undefined };
  const opened = await openFileSource(file, { ...reading, ...(spools && { spools }) });
  if (!opened.ok || !opened.value) throw new Error('the recording was not read');
  return opened.value;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begunMs = performance.now();
  return [await work(), performance.now() - begunMs];
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const stats = await Promise.all(names.map((name) => stat(join(folder, name))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}
