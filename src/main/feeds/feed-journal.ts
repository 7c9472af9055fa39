import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { type MissedStretch, noticeLive } from './backfill-queue.ts';
import { timesOf } from './event-times.ts';
import type { ClockSample, MarketHours, Rejection } from './feed.ts';
import { FutureGuard } from './future-guard.ts';
import { GapLog } from './gap-log.ts';
import {
  type EndedGap,
  type GapEvent,
  InstrumentWatch,
  type UnknownPast,
} from './instrument-watch.ts';
import { type FeedTiming, LatencyMeter } from './latency-meter.ts';
import { RecentTrades } from './recent-trades.ts';
import { TradeRate } from './trade-rate.ts';

const MOST_SAMPLES = 20;
/** What an exchange's clock may be off by at the edges of a gap, and more: ids tell trades apart. */
const EDGE_MS = 1_000;

interface HeardInstrument {
  readonly watch: InstrumentWatch;
  readonly recent: RecentTrades;
}

/** What a batch of events came to. */
export interface Heard {
  /** With the gaps that have ended, and without trades that came before or are from the future. */
  readonly events: readonly MarketEvent[];
  readonly stretches: readonly MissedStretch[];
  readonly rejections: readonly Rejection[];
  /** Something stale was heard of again. */
  readonly wasStale: boolean;
}

/** All that a feed has said, by instrument: silence, lateness, gaps, rejects. */
export class FeedJournal {
  readonly #instruments: ReadonlyMap<InstrumentId, HeardInstrument>;
  readonly #latency: LatencyMeter;
  readonly #tradeRate = new TradeRate();
  readonly #gaps = new GapLog();
  /** Null of a recording, which knows no present. */
  readonly #futureGuard: FutureGuard | null;
  readonly #rejectedSamples: Rejection[] = [];
  #rejected = 0;

  constructor(instruments: readonly Instrument[], timing: FeedTiming, now: EpochMs) {
    this.#latency = new LatencyMeter(timing);
    this.#futureGuard = timing === 'recorded' ? null : new FutureGuard();
    this.#instruments = new Map(
      instruments.map(({ id }) => [
        id,
        { watch: new InstrumentWatch(id, now), recent: new RecentTrades() },
      ]),
    );
  }

  get watches(): readonly InstrumentWatch[] {
    return [...this.#instruments.values()].map(({ watch }) => watch);
  }

  /** Begins anew: a recording that is played again has the trades of the first time. */
  startOver(): void {
    for (const { recent } of this.#instruments.values()) recent.clear();
    this.#gaps.clear();
  }

  missPast(id: InstrumentId, past: UnknownPast): void {
    this.#instruments.get(id)?.watch.missPast(past);
  }

  startConnection(now: EpochMs): void {
    this.#latency.startConnection(now);
    this.#futureGuard?.startConnection();
    for (const watch of this.watches) watch.startWaiting(now);
  }

  /** From here on nothing is known. Returns what consumers must hear: the books are lost. */
  loseConnection(reason: string, now: EpochMs): readonly MarketEvent[] {
    return this.watches.map((watch) => {
      watch.disconnect(reason);
      return { kind: 'bookLost', instrumentId: watch.id, reason, receivedTime: now };
    });
  }

  hear(events: readonly MarketEvent[], now: EpochMs, onTrade: (trade: Trade) => void): Heard {
    const heard: MarketEvent[] = [];
    const stretches: MissedStretch[] = [];
    const rejections: Rejection[] = [];
    let wasStale = false;
    for (const event of this.#believed(events, rejections)) {
      const instrument = this.#instruments.get(instrumentOf(event));
      if (instrument && isPulse(event)) {
        wasStale ||= instrument.watch.isStale;
        const ended = this.#note(instrument.watch, event, now);
        heard.push(...ended.map(({ gap }) => gap));
        // The newest first: the present is what one looks at.
        for (const gap of ended.toReversed()) {
          stretches.push(this.#stretchOf(gap, instrument.recent, now));
        }
      }
      if (event.kind === 'trade') {
        if (instrument && !instrument.recent.add(event.trade.id)) continue;
        this.#tradeRate.add(now);
        onTrade(event.trade);
        for (const stretch of stretches) noticeLive(stretch, event.trade);
      } else if (event.kind === 'gap' && instrument) {
        const edges = { lastEventTime: null, nextEventTime: null };
        const ended = { gap: event, isOutage: true, ...edges };
        stretches.push(this.#stretchOf(ended, instrument.recent, now));
      }
      heard.push(event);
    }
    return { events: heard, stretches, rejections, wasStale };
  }

  /** Without what is doubted, and with what was until now. */
  *#believed(events: readonly MarketEvent[], rejections: Rejection[]): Generator<MarketEvent> {
    for (const event of events) {
      if (event.kind !== 'trade' || this.#futureGuard === null) {
        yield event;
        continue;
      }
      const { believed, refused } = this.#futureGuard.hear(event);
      rejections.push(...refused);
      yield* believed;
    }
  }

  onRejected(rejection: Rejection): boolean {
    this.#rejected++;
    if (this.#rejectedSamples.length >= MOST_SAMPLES) return false;
    this.#rejectedSamples.push(rejection);
    return true;
  }

  onMarketHours(id: InstrumentId, hours: MarketHours, now: EpochMs): void {
    this.#instruments.get(id)?.watch.setHours(hours, now);
  }

  onClockSample(sample: ClockSample): void {
    this.#latency.addSample(sample);
  }

  onBackfilled(gap: GapEvent): void {
    this.#gaps.onBackfilled(gap);
  }

  /** Looks for silence. Returns whether something changed. */
  checkStaleness(now: EpochMs): boolean {
    let changed = false;
    for (const watch of this.watches) changed = watch.checkStale(now) || changed;
    return changed;
  }

  /**
   * Of a feed that is connected. Closed when all of its markets are; stale when all that are open
   * are: since the last of them fell silent.
   */
  connectedState(): FeedState {
    const { watches } = this;
    const open = watches.filter(({ closed }) => closed === null);
    if (open.some(({ isStale }) => !isStale) || watches.length === 0) return { kind: 'live' };
    if (open.length > 0) {
      const sinceTime = Math.max(...open.map(({ silentSince }) => silentSince)) as EpochMs;
      return { kind: 'stale', sinceTime };
    }
    const times = watches.flatMap(({ closed }) => closed?.untilTime ?? []);
    return { kind: 'closed', untilTime: times.length > 0 ? (Math.min(...times) as EpochMs) : null };
  }

  status(now: EpochMs, isConnected: boolean, state: FeedState) {
    return {
      instruments: this.watches.map((watch) => ({
        id: watch.id,
        state: isConnected ? stateOf(watch) : state,
        lastEventTime: watch.lastEventTime,
      })),
      ...this.#latency.read(now),
      tradesPerMinute: this.#tradeRate.perMinute(now),
      lastGap: this.#gaps.last(),
      rejected: this.#rejected,
      rejectedSamples: [...this.#rejectedSamples],
    } satisfies Partial<FeedStatus>;
  }

  #note(watch: InstrumentWatch, event: MarketEvent, now: EpochMs): readonly EndedGap[] {
    const { eventTime, receivedTime } = timesOf(event);
    if (eventTime !== null) this.#latency.hear(eventTime, receivedTime);
    return watch.hear(now, eventTime, receivedTime);
  }

  /** By the exchange's clock: as its own events say, and as ours says, whichever is wider. */
  #stretchOf(
    { gap, isOutage, ...edges }: EndedGap,
    recent: RecentTrades,
    now: EpochMs,
  ): MissedStretch {
    if (isOutage) this.#gaps.add(gap);
    const offsetMs = this.#latency.offsetMs(now);
    const from = Math.min(edges.lastEventTime ?? Number.POSITIVE_INFINITY, gap.fromTime + offsetMs);
    const to = Math.max(edges.nextEventTime ?? 0, gap.toTime + offsetMs);
    return {
      gap,
      exchangeFromTime: Math.floor(from - EDGE_MS) as EpochMs,
      exchangeToTime: Math.ceil(to + EDGE_MS) as EpochMs,
      seenIds: recent.ids(),
    };
  }
}

/** As against what the feed itself remarks, and what comes too seldom to say that the rest is silent. */
const isPulse = ({ kind }: MarketEvent): boolean =>
  kind !== 'gap' && kind !== 'bookLost' && kind !== 'backfill' && kind !== 'liquidation';

function stateOf({ closed, isStale, silentSince }: InstrumentWatch): FeedState {
  if (closed) return { kind: 'closed', untilTime: closed.untilTime };
  return isStale ? { kind: 'stale', sinceTime: silentSince } : { kind: 'live' };
}
