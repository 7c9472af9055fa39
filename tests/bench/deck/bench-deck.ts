import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { channel } from '#contract/channels.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { SeededRandom } from '../../fuzz/random.ts';
import type { HubConnection } from '../../support/hub-connection.ts';
import { temporaryDirectory } from '../../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../../support/test-monitor.ts';
import { recordLoopedTape } from '../bots/looped-tape.ts';
import { round } from '../tape/figures.ts';
import { benchRecording } from './bench-recording.ts';
import { figuresOf } from './seek-figures.ts';

const SEEKS = 200;
const SEEKS_WITH_BOT = 100;
/** Of 20 requests a second (rule H4) a seek makes two. */
const BETWEEN_SEEKS_MS = 110;
/** The recording has no longer pause. */
const FURTHEST_MS = 120_000;
const BYTES_A_MB = 1024 * 1024;
/** As many as a chart asks for. */
const CHART_CANDLES = 500;

const BOT = {
  name: 'Cross',
  strategy: 'ma-cross',
  params: {},
  initialCash: '100000' as DecimalString,
  makerFeeBps: 1,
  takerFeeBps: 5,
};

/**
 * `npm run bench -- deck [--trades N] [--bot-trades N] [--recording]`: a replay deck in a monitor of its own, driven
 * by a client. Seeks to random times, as a client sees them: from the request until the chart's candles
 * are there; and of a deck with a bot, until the bot is there. Then a deck over a recording, which is all
 * with `--recording`. Needs ../shared/data.
 */
export async function benchDeck(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      trades: { type: 'string', default: '10000000' },
      'bot-trades': { type: 'string', default: '1000000' },
      recording: { type: 'boolean', default: false },
    },
  });
  if (values.recording) return { recording: await benchRecording() };
  const directory = temporaryDirectory();
  const counts = { tape: Number(values.trades), rows: 0 };
  const paths = { tape: join(directory.path, 'tape.db'), rows: join(directory.path, 'rows.db') };
  const instrumentId = recordLoopedTape(paths, counts);
  const monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: [] });
  const hub = await connectTo(monitor);
  try {
    return {
      at: new Date().toISOString(),
      node: process.version,
      trades: counts.tape,
      seek: await seeksWithoutBots(hub, instrumentId),
      withBot: await seeksWithBot(hub, instrumentId, Number(values['bot-trades']) / counts.tape),
      recording: await benchRecording(),
    };
  } finally {
    hub.close();
    await monitor.close();
    rmSync(directory.path, { recursive: true, force: true });
  }
}

/** A deck as its client sees it. */
class WatchedDeck {
  readonly #hub: HubConnection;
  #view: DeckView;
  readonly #wakers = new Set<() => void>();

  private constructor(hub: HubConnection, view: DeckView) {
    this.#hub = hub;
    this.#view = view;
    hub.socket.on('replay:deck', ({ deck }: PushPayload<'replay:deck'>) => {
      if (deck.id !== this.#view.id) return;
      this.#view = deck;
      for (const wake of this.#wakers) wake();
    });
  }

  static async open(hub: HubConnection, request: RequestInput<'replay.open'>) {
    const view = await hub.request('replay.open', request);
    await hub.subscribe(channel.replayDeck(view.id));
    return new WatchedDeck(hub, view);
  }

  get view(): DeckView {
    return this.#view;
  }

  at(share: number): EpochMs {
    const { fromTime, toTime } = this.#view;
    return Math.floor(fromTime + share * (toTime - fromTime)) as EpochMs;
  }

  /** Milliseconds from the request until a chart has its candles, and until its bots are there. */
  async seek(time: EpochMs): Promise<{ readonly chart: number; readonly bots: number }> {
    const [shown] = this.#view.instruments;
    if (!shown) throw new Error('a deck has an instrument');
    await sleep(BETWEEN_SEEKS_MS);
    const begunMs = performance.now();
    const { run } = await this.#hub.request('replay.seek', { deckId: this.#view.id, time });
    const arrived = this.#arrived(run).then(() => performance.now() - begunMs);
    const { candles } = await this.#hub.request('candles.get', {
      ...{ instrumentId: shown.id, interval: '1m', limit: CHART_CANDLES },
    });
    const chart = performance.now() - begunMs;
    const last = candles.at(-1)?.openTime ?? 0;
    if (last > time || last < time - FURTHEST_MS) throw new Error('sought to a wrong place');
    return { chart, bots: await arrived };
  }

  async close(): Promise<void> {
    await this.#hub.request('replay.close', { deckId: this.#view.id });
  }

  /** Hears of it some ten times a second, so that no more than that is known of when. */
  async #arrived(run: number): Promise<void> {
    while (this.#view.run < run || this.#view.state === 'seeking') {
      await new Promise<void>((resolve) => {
        this.#wakers.add(resolve);
      });
      this.#wakers.clear();
    }
    if (this.#view.error !== null) throw new Error(this.#view.error);
  }
}

async function seeksWithoutBots(hub: HubConnection, id: InstrumentId) {
  const deck = await WatchedDeck.open(hub, { instruments: [id] });
  const places = new SeededRandom(7);
  const charts: number[] = [];
  for (let index = 0; index < SEEKS; index += 1) {
    charts.push((await deck.seek(deck.at(places.next()))).chart);
  }
  await deck.close();
  return figuresOf(charts);
}

/** The whole way once, which nobody knows before; then to and fro on it. */
async function seeksWithBot(hub: HubConnection, id: InstrumentId, share: number) {
  const whole = await WatchedDeck.open(hub, { instruments: [id] });
  const toTime = whole.at(share);
  await whole.close();
  const bots = [{ ...BOT, instrumentId: id }];
  const deck = await WatchedDeck.open(hub, { instruments: [id], toTime, bots });
  const places = new SeededRandom(11);
  const rssBefore = process.memoryUsage.rss();
  const first = await deck.seek(toTime);
  const { tradesPlayed } = deck.view;
  const rssMb = (process.memoryUsage.rss() - rssBefore) / BYTES_A_MB;
  const charts: number[] = [];
  const arrivals: number[] = [];
  for (let index = 0; index < SEEKS_WITH_BOT; index += 1) {
    const { chart, bots: arrived } = await deck.seek(deck.at(places.next()));
    charts.push(chart);
    arrivals.push(arrived);
  }
  await deck.close();
  return {
    tradesPlayed,
    firstWay: {
      ...{ chartMs: round(first.chart), botMs: round(first.bots), rssMb: round(rssMb) },
      millionTradesPerSecond: round(tradesPlayed / first.bots / 1_000),
    },
    ...{ chart: figuresOf(charts), bot: figuresOf(arrivals) },
  };
}
