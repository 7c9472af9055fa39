import { fail, type Result, succeed } from '#contract/errors.ts';
import type { SaidRange } from '#contract/time-range.ts';
import type { TimerClock } from '#domain/clock.ts';
import { type Instrument, type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Feed, FeedEnd, FeedSink } from '../feed.ts';
import type { FeedSpec } from '../feed-spec.ts';
import { PacedSink } from './paced-sink.ts';
import { Pacer } from './pacer.ts';
import { REPLAY_EXCHANGE } from './recording-head.ts';

/** What a tape holds of the market. */
type TapedEvent = Extract<MarketEvent, { kind: 'trade' | 'gap' }>;

export interface DueTapedEvent {
  readonly event: TapedEvent;
  readonly time: EpochMs;
}

export interface TapedStretch {
  readonly instruments: readonly Instrument[];
  /** The next ones, in the order of time; null at the end. */
  next(): Promise<Result<readonly DueTapedEvent[] | null>>;
}

/** The tape as this feed needs it. Its instruments are those that were recorded. */
export interface PlayedTape {
  /** From its beginning on. No instruments: all that were recorded of exchanges. */
  open(instruments: readonly InstrumentId[], range: SaidRange): Result<TapedStretch>;
}

type Wish = Pick<FeedSpec & { kind: 'replayTape' }, 'instruments' | 'range' | 'speed'>;

interface TapeFeedSurroundings {
  readonly tape: PlayedTape;
  readonly clock: TimerClock;
}

/** Plays a stretch of the tape as if it came in now: `binance:BTC/USDT` as `replay:BTC/USDT`. */
export class TapeFeed implements Feed {
  readonly exchange = REPLAY_EXCHANGE;
  readonly #wish: Wish;
  readonly #surroundings: TapeFeedSurroundings;

  constructor(wish: Wish, surroundings: TapeFeedSurroundings) {
    this.#wish = wish;
    this.#surroundings = surroundings;
  }

  async instruments(): Promise<Result<readonly Instrument[]>> {
    const opened = this.#open();
    return opened.ok ? succeed(opened.value.instruments.map(replayed)) : opened;
  }

  async run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    const opened = this.#open();
    if (!opened.ok) return { kind: 'failed', failure: opened.error, isFinal: true };
    const paced = new PacedSink(
      sink,
      new Pacer(this.#surroundings.clock, this.#wish.speed),
      signal,
    );
    sink.onState({ kind: 'live' });
    while (!signal.aborted) {
      const due = await opened.value.next();
      if (!due.ok) return { kind: 'failed', failure: due.error, isFinal: true };
      if (due.value === null) break;
      for (const { event, time } of due.value) {
        if (!signal.aborted) await paced.put([underItsName(event)], time);
      }
    }
    await paced.flush();
    return signal.aborted ? { kind: 'aborted' } : { kind: 'ended' };
  }

  /** Two exchanges may have one symbol, and a feed one instrument of a name. */
  #open(): Result<TapedStretch> {
    const { instruments, range } = this.#wish;
    const opened = this.#surroundings.tape.open(instruments, range);
    if (!opened.ok) return opened;
    const bySymbol = Map.groupBy(opened.value.instruments, ({ symbol }) => symbol);
    for (const [symbol, [first, second]] of bySymbol) {
      if (!first || !second) continue;
      const both = `${first.id} and ${second.id} would both be ${REPLAY_EXCHANGE}:${symbol}`;
      return fail('conflict', `${both}: name one, as in replay:${first.id}@FROM..TO.`);
    }
    return opened;
  }
}

const replayedId = (id: InstrumentId): InstrumentId => instrumentId(REPLAY_EXCHANGE, symbolOf(id));

const replayed = (instrument: Instrument): Instrument => ({
  ...instrument,
  id: replayedId(instrument.id),
  exchange: REPLAY_EXCHANGE,
});

function underItsName(event: TapedEvent): TapedEvent {
  if (event.kind === 'gap') return { ...event, instrumentId: replayedId(event.instrumentId) };
  const { trade } = event;
  return { kind: 'trade', trade: { ...trade, instrumentId: replayedId(trade.instrumentId) } };
}
