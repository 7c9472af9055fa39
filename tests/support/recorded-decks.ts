import { afterAll, afterEach, beforeAll } from 'vitest';
import type { DeckView } from '#contract/replay-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from './hub-connection.ts';
import { SPOT_BTCUSDT } from './recordings.ts';
import { temporaryDirectory } from './serve-process.ts';
import { connectTo, startTestMonitor } from './test-monitor.ts';

export const SOURCE = 'replay:BTC/USDT' as InstrumentId;

/** A bot that fills often on that recording. */
export const GRID = {
  name: 'Grid',
  strategy: 'grid',
  instrumentId: SOURCE,
  params: { levels: 8, spacingBps: 1, quantity: '0.05' },
  initialCash: '10000' as DecimalString,
  makerFeeBps: 1,
  takerFeeBps: 5,
};

const BUSY: readonly DeckView['state'][] = ['opening', 'playing', 'seeking'];
/** A recording takes long to read beside other tests. */
const MOST_MS = 60_000;

/** For a file of tests: a monitor whose tape has the recorded trades; after each test its decks are closed. */
export class RecordedDecks {
  readonly directory = temporaryDirectory();
  #monitor: Monitor | undefined;
  #hub: HubConnection | undefined;

  /** `prepare` comes before the monitor is started. */
  static use(prepare: (folder: string) => void = () => undefined): RecordedDecks {
    const decks = new RecordedDecks();
    beforeAll(async () => {
      prepare(decks.directory.path);
      await decks.#start();
    });
    afterEach(() => decks.#closeAll());
    afterAll(() => decks.#end());
    return decks;
  }

  get monitor(): Monitor {
    if (!this.#monitor) throw new Error('it is started before the first test');
    return this.#monitor;
  }

  get hub(): HubConnection {
    if (!this.#hub) throw new Error('it is started before the first test');
    return this.#hub;
  }

  begin(request: Partial<RequestInput<'replay.open'>> = {}): Promise<DeckView> {
    return this.hub.request('replay.open', { instruments: [SOURCE], ...request });
  }

  /** Also of a recording, however long it takes to read. */
  async open(request: Partial<RequestInput<'replay.open'>> = {}): Promise<DeckView> {
    const deck = await this.begin(request);
    return deck.state === 'opening' ? this.settled(deck.id) : deck;
  }

  settled(deckId: string): Promise<DeckView> {
    return eventually(
      () => this.hub.request('replay.get', { deckId }),
      ({ state }) => !BUSY.includes(state),
      MOST_MS,
    );
  }

  async #start(): Promise<void> {
    const feeds = [`replay:${SPOT_BTCUSDT}@max`];
    this.#monitor = await startTestMonitor({ dataDirectory: this.directory.path, feeds });
    const hub = await connectTo(this.#monitor);
    this.#hub = hub;
    await eventually(
      async () => (await hub.request('feeds.list', {})).feeds[0],
      (feed) => feed?.state.kind === 'ended',
    );
  }

  async #closeAll(): Promise<void> {
    for (const { id } of (await this.hub.request('replay.list', {})).decks) {
      await this.hub.request('replay.close', { deckId: id });
    }
  }

  async #end(): Promise<void> {
    this.#hub?.close();
    await this.#monitor?.close();
    this.directory.remove();
  }
}
