import { channel } from '#contract/channels.ts';
import type { WireTrade } from '#contract/model.ts';
import type { Push } from '#contract/pushes.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubClient } from '../../../client/hub-client.ts';
import type { BarSource, BarState, BarView } from './bar-source.ts';
import { MAX_CANDLES } from './candle-history.ts';
import { TickBars } from './tick-bars.ts';

const FIRST_BARS = 300;
/** The hub gives no more trades in one answer. */
const MOST_TRADES = 50_000;

export interface TickBarFollowerOptions {
  readonly client: Pick<HubClient, 'subscribe' | 'request'>;
  readonly view: BarView;
  readonly instrumentId: InstrumentId;
  readonly tradesPerBar: number;
  /** Runs the work in the next frame; the latest replaces the one before. */
  readonly schedule: (work: () => void) => void;
}

/**
 * Bars made of the tape's trades and of those that come: subscribes first, then loads, then joins the
 * two by the trades' ids. Where the channel had to leave trades out, all is loaded anew: bars that
 * lack trades would be other bars.
 */
export class TickBarFollower implements BarSource {
  readonly #options: TickBarFollowerOptions;
  readonly #bars: TickBars;
  #pushed: WireTrade[] = [];
  #state: BarState = { kind: 'loading' };
  #leave: (() => void) | null = null;
  #generation = 0;
  #isComplete = false;
  #loadingOlder: Promise<void> | null = null;
  /** The oldest trades that were loaded, all of one moment: where the next older page ends. */
  #oldest: { readonly time: EpochMs; readonly ids: ReadonlySet<string> } | null = null;

  constructor(options: TickBarFollowerOptions) {
    this.#options = options;
    this.#bars = new TickBars(options.tradesPerBar);
  }

  get bars(): readonly Candle[] {
    return this.#bars.bars;
  }

  get tradesLeft(): number {
    return this.#bars.tradesLeft;
  }

  at(time: EpochMs): Candle | undefined {
    return this.#bars.at(time);
  }

  start(): void {
    const { client, instrumentId } = this.#options;
    this.#leave = client.subscribe(channel.trades(instrumentId), {
      onReset: () => this.reload(),
      onPush: (push) => this.#receive(push),
      // After a cut, which may have left the load before it unanswered.
      onStarted: () => {
        if (this.#state.kind === 'failed') this.reload();
      },
      onRefused: ({ message }) => this.#setState({ kind: 'failed', message }),
    });
  }

  dispose(): void {
    this.#generation++;
    this.#leave?.();
  }

  reload(): void {
    this.#pushed = [];
    void this.#load();
  }

  loadOlder(atLeast = 0): Promise<void> {
    this.#loadingOlder ??= this.#loadOlder(atLeast).finally(() => {
      this.#loadingOlder = null;
    });
    return this.#loadingOlder;
  }

  async #loadOlder(atLeast: number): Promise<void> {
    const oldest = this.#oldest;
    const isFull = this.#bars.bars.length >= MAX_CANDLES;
    if (oldest === null || isFull || this.#isComplete) return;
    const generation = this.#generation;
    const result = await this.#request((oldest.time + 1) as EpochMs, atLeast);
    if (generation !== this.#generation || !result.ok) return;
    const older = result.value.trades.filter(({ id }) => !oldest.ids.has(id));
    this.#isComplete = older.length === 0;
    this.#remember(older);
    if (this.#bars.prepend(older)) this.#options.view.replaceAll(this.#bars.bars, false);
  }

  async #load(): Promise<void> {
    const generation = ++this.#generation;
    this.#isComplete = false;
    this.#oldest = null;
    this.#setState({ kind: 'loading' });
    const result = await this.#request(null);
    if (generation !== this.#generation) return;
    if (!result.ok) {
      this.#setState({ kind: 'failed', message: result.error.message });
      return;
    }
    const { trades } = result.value;
    const known = new Set(trades.map(({ id }) => id));
    const newer = this.#pushed.filter(({ id }) => !known.has(id));
    this.#pushed = [];
    this.#bars.start([...trades, ...newer]);
    this.#remember(trades);
    this.#options.view.replaceAll(this.#bars.bars, true);
    this.#setState({ kind: this.#bars.bars.length === 0 ? 'empty' : 'ready' });
  }

  #request(toTime: EpochMs | null, atLeastBars = 0) {
    const { client, instrumentId, tradesPerBar } = this.#options;
    const limit = Math.min(MOST_TRADES, Math.max(FIRST_BARS, atLeastBars) * tradesPerBar);
    return client.request('trades.get', {
      ...{ instrumentId, limit },
      ...(toTime === null ? {} : { toTime }),
    });
  }

  #remember(trades: readonly WireTrade[]): void {
    const first = trades[0];
    if (first === undefined) return;
    const time = first.timestamp;
    const ids = trades.filter(({ timestamp }) => timestamp === time).map(({ id }) => id);
    const known = this.#oldest?.time === time ? this.#oldest.ids : [];
    this.#oldest = { time, ids: new Set([...ids, ...known]) };
  }

  #receive(push: Push): void {
    if (this.#state.kind === 'failed') return;
    if (push.event === 'gap') {
      this.reload();
      return;
    }
    if (push.event !== 'trade:new') return;
    this.#pushed.push(...push.payload.trades);
    if (this.#state.kind === 'ready' || this.#state.kind === 'empty') {
      this.#options.schedule(() => this.#flush());
    }
  }

  #flush(): void {
    if (this.#state.kind !== 'ready' && this.#state.kind !== 'empty') return;
    const trades = this.#pushed;
    this.#pushed = [];
    const changed = new Map<EpochMs, Candle>();
    for (const trade of trades) {
      const bar = this.#bars.append(trade);
      changed.set(bar.openTime, bar);
    }
    const { view } = this.#options;
    if (this.#bars.trim(MAX_CANDLES)) view.replaceAll(this.#bars.bars, false);
    else for (const bar of changed.values()) view.updateLast(bar);
    if (changed.size > 0) this.#setState({ kind: 'ready' });
  }

  #setState(state: BarState): void {
    const isSame = this.#state.kind === state.kind && state.kind !== 'failed';
    this.#state = state;
    if (!isSame) this.#options.view.stateChanged(state);
  }
}
