import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ChannelHandler } from '../../../client/channel-subscription.ts';
import type { HubClient } from '../../../client/hub-client.ts';
import { CALM_PERIOD_MS } from '../../../stores/paces.ts';
import type { BarSource, BarState, BarView } from './bar-source.ts';
import { type CandleChange, CandleHistory, MAX_CANDLES } from './candle-history.ts';

const LOAD_COUNT = 500;
/** Who scrolls back far is given longer pages: each costs a drawing of all. */
const MOST_OLDER = 2_000;
/** More than these are drawn as quickly with all others. */
const MOST_AMENDED = 20;

interface Change {
  readonly change: CandleChange;
  readonly candle: Candle;
}

export interface CandleFollowerOptions {
  readonly client: Pick<HubClient, 'subscribe' | 'request'>;
  readonly view: BarView;
  readonly instrumentId: InstrumentId;
  readonly interval: CandleInterval;
  /** Runs the work in the next frame; the latest replaces the one before. */
  readonly schedule: (work: () => void) => void;
}

/**
 * Keeps a view's candles complete: subscribes first, then loads, then joins the two, so that nothing
 * is missed between. The channel carries only the latest state of the latest candle, so what it
 * skipped is fetched.
 */
export class CandleFollower implements BarSource {
  readonly history: CandleHistory;
  readonly tradesLeft = null;
  readonly #options: CandleFollowerOptions;
  /** Pushed and not yet applied: until the load is done, else until the next frame. */
  #pushed: Candle[] = [];
  #state: BarState = { kind: 'loading' };
  #leave: (() => void) | null = null;
  #isDisposed = false;
  /** Grows with each load, so that an answer to an older one is recognised. */
  #generation = 0;
  #isComplete = false;
  #loadingOlder: Promise<void> | null = null;
  #isBackfilling = false;
  #backfillFrom: EpochMs | null = null;

  constructor(options: CandleFollowerOptions) {
    this.#options = options;
    this.history = new CandleHistory(options.interval);
  }

  get bars(): readonly Candle[] {
    return this.history.candles;
  }

  at(time: EpochMs): Candle | undefined {
    return this.history.at(time);
  }

  start(): void {
    const { client, instrumentId, interval } = this.#options;
    const handler: ChannelHandler = {
      onReset: () => this.reload(),
      onPush: (push) => this.#receive(push),
      onStarted: () => this.#askAgain(),
      onRefused: (failure) => this.#setState({ kind: 'failed', message: failure.message }),
    };
    const pace = { minIntervalMs: CALM_PERIOD_MS };
    this.#leave = client.subscribe(channel.candles(instrumentId, interval), handler, pace);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#generation++;
    this.#leave?.();
  }

  reload(): void {
    this.#pushed = [];
    void this.#load(null);
  }

  /** The channel goes on after a cut, which may have left unanswered what was asked before it. */
  #askAgain(): void {
    if (this.#state.kind === 'failed') this.reload();
    else if (this.#backfillFrom !== null) this.#backfill(this.#backfillFrom);
  }

  loadOlder(atLeast = 0): Promise<void> {
    this.#loadingOlder ??= this.#loadOlder(atLeast).finally(() => {
      this.#loadingOlder = null;
    });
    return this.#loadingOlder;
  }

  async #loadOlder(atLeast: number): Promise<void> {
    const { first, candles } = this.history;
    const usual = Math.min(MOST_OLDER, Math.max(LOAD_COUNT, candles.length));
    const count = Math.max(usual, atLeast);
    const isFull = candles.length + count > MAX_CANDLES;
    if (first === undefined || isFull || this.#isComplete) return;
    const generation = this.#generation;
    const result = await this.#request(count, first.openTime);
    if (generation !== this.#generation || !result.ok) return;
    this.#isComplete = result.value.candles.length === 0;
    this.#merge(result.value.candles);
  }

  /** `before`: time went back to then, so that what is known of later is not yet. */
  async #load(before: EpochMs | null): Promise<void> {
    this.#generation++;
    const generation = this.#generation;
    this.#backfillFrom = null;
    this.#isComplete = false;
    this.#setState({ kind: 'loading' });
    const result = await this.#request(LOAD_COUNT, before);
    if (generation !== this.#generation) return;
    if (!result.ok) {
      this.#setState({ kind: 'failed', message: result.error.message });
      return;
    }
    this.history.start(result.value.candles, this.#pushed);
    this.#pushed = [];
    this.#options.view.replaceAll(this.history.candles, true);
    this.#setState({ kind: this.history.last === undefined ? 'empty' : 'ready' });
    // Where time only seemed to go back, there is more after then than what was pushed.
    const { last } = this.history;
    if (before !== null && last !== undefined && last.openTime > before) this.#backfill(before);
  }

  #request(limit: number, before: EpochMs | null) {
    const { client, instrumentId, interval } = this.#options;
    const cursor = before === null ? {} : { before };
    return client.request('candles.get', { instrumentId, interval, limit, ...cursor });
  }

  #receive(push: Push): void {
    if (push.event !== 'candle:update' || this.#state.kind === 'failed') return;
    const { candle } = push.payload;
    const latest = this.#pushed.at(-1);
    // States of one candle between two frames are never seen: keep the latest.
    if (latest?.openTime === candle.openTime) this.#pushed[this.#pushed.length - 1] = candle;
    else this.#pushed.push(candle);
    if (this.#state.kind === 'ready' || this.#state.kind === 'empty') {
      this.#options.schedule(() => this.#flush());
    }
  }

  #flush(): void {
    if (this.#isDisposed || this.#state.kind === 'loading') return;
    const pushed = this.#pushed;
    this.#pushed = [];
    const changes: Change[] = [];
    for (const [index, candle] of pushed.entries()) {
      const isFarAhead = this.#isFarAhead(candle);
      const change = isFarAhead ? 'restarted' : this.#apply(candle);
      if (change !== 'restarted') {
        changes.push({ change, candle });
        continue;
      }
      this.#pushed = pushed.slice(index);
      void this.#load(isFarAhead ? null : candle.openTime);
      return;
    }
    this.#show(changes);
    if (this.history.last !== undefined) this.#setState({ kind: 'ready' });
  }

  /** More may be missing before it than one request brings. */
  #isFarAhead(candle: Candle): boolean {
    const lastTime = this.history.last?.openTime ?? candle.openTime;
    const intervalMs = INTERVAL_MS[this.#options.interval];
    return candle.openTime - lastTime > LOAD_COUNT * intervalMs;
  }

  #apply(candle: Candle): CandleChange {
    const { last } = this.history;
    if (last !== undefined && this.history.isGapBefore(candle)) this.#backfill(last.openTime);
    return this.history.apply(candle);
  }

  /** The view takes a candle between others only with all of them, and each old one at a price. */
  #show(changes: readonly Change[]): void {
    const { view } = this.#options;
    const amended = changes.filter(({ change }) => change === 'amended');
    const isInserted = changes.some(({ change }) => change === 'inserted');
    if (this.history.trim() || isInserted || amended.length > MOST_AMENDED) {
      view.replaceAll(this.history.candles, false);
      return;
    }
    for (const { change, candle } of changes) {
      if (change === 'appended' || change === 'updated') view.updateLast(candle);
      else if (change === 'amended') view.amend(candle);
    }
  }

  /** Fetches what the channel may have skipped since `from`, or since what is missing already: one request at a time. */
  #backfill(from: EpochMs): void {
    this.#backfillFrom ??= from;
    if (this.#isBackfilling) return;
    this.#isBackfilling = true;
    void this.#runBackfill().finally(() => {
      this.#isBackfilling = false;
    });
  }

  async #runBackfill(): Promise<void> {
    while (this.#backfillFrom !== null && !this.#isDisposed) {
      const from: EpochMs = this.#backfillFrom;
      // The candle that revealed the gap is applied in this same turn.
      await Promise.resolve();
      const lastTime = this.history.last?.openTime ?? from;
      const spanned = (lastTime - from) / INTERVAL_MS[this.#options.interval];
      this.#backfillFrom = null;
      const generation = this.#generation;
      const result = await this.#request(Math.min(LOAD_COUNT, Math.ceil(spanned) + 2), null);
      if (generation !== this.#generation) continue;
      if (!result.ok) {
        // It is asked for again when the channel goes on, or with the next gap.
        this.#backfillFrom = from;
        return;
      }
      this.#merge(result.value.candles);
    }
  }

  #merge(candles: readonly Candle[]): void {
    const change = this.history.merge(candles);
    if (change.kind === 'inserted') this.#options.view.replaceAll(this.history.candles, false);
    else if (change.kind === 'amended') {
      this.#show(change.candles.map((candle) => ({ change: 'amended', candle })));
    }
  }

  #setState(state: BarState): void {
    const isSame = this.#state.kind === state.kind && state.kind !== 'failed';
    this.#state = state;
    if (!isSame) this.#options.view.stateChanged(state);
  }
}
