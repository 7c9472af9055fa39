import { basename } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { eventTimeOf, type MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { MarketTranslator } from '#main/feeds/replay/market-translator.ts';
import { type RecordingEntry, readFailure, readRecording } from '#main/feeds/replay/recording.ts';
import { type RecordedInstrument, readHead } from '#main/feeds/replay/recording-head.ts';
import type {
  EventLane,
  ReplaySource,
  TimeRange,
  TradedVolume,
} from '#main/replay/replay-source.ts';

type Entries = AsyncGenerator<readonly RecordingEntry[]>;

/** What is known of a recording while it is read through. */
export interface ReadSoFar
  extends Pick<ReplaySource, 'view' | 'instruments' | 'books' | 'fromTime' | 'toTime'> {
  readonly tradeCount: number;
  /** How much of the file is read, 0 to 1. */
  readonly progress: number;
}

export interface FileReading {
  readonly signal: AbortSignal;
  /** From the first event that has a time on. */
  readonly onProgress: (soFar: ReadSoFar) => void;
}

/**
 * A raw recording of Binance's streams as a deck plays it: with order books, and from its start
 * only. It is read through once, to know where it begins and ends; lines that are no market data
 * are left out, as the feed does. Null where that was given up.
 */
export async function openFileSource(
  file: string,
  { signal, onProgress }: FileReading,
): Promise<Result<ReplaySource | null>> {
  try {
    const head = await readHead(file);
    if (!head.ok) return head;
    const opened = await readRecording(file);
    if (!opened.ok) return opened;
    const known = {
      view: { kind: 'file', name: basename(file) },
      instruments: head.value.map(({ instrument }) => instrument),
      books: { available: true, reason: null },
    } as const;
    let progress = 0;
    const entries = opened.value((share) => {
      progress = share;
    });
    const volumes = new SecondVolumes();
    const range = await rangeOf(eventsOf(entries, head.value), volumes, (soFar) => {
      onProgress({ ...known, ...soFar, progress });
      return signal.aborted;
    });
    if (signal.aborted) return succeed(null);
    if (range === null) return fail('invalid_payload', `${file} holds nothing that has a time.`);
    const recent = new RecentTrades();
    return succeed({
      ...{ ...known, ...range },
      gaps: [],
      isSeekable: false,
      lanes: () => [recordingLane(file, () => eventsOf(opened.value(), head.value), recent)],
      candles: () => succeed([]),
      volumes: (id) => succeed(volumes.of(id)),
      trades: (id, query) => succeed(recent.list(id, query)),
    });
  } catch (error) {
    if (isFileError(error)) return readFailure(file, error);
    throw error;
  }
}

/** From the first to the last event; null where none has a time. `isEnough` hears of it on the way. */
async function rangeOf(
  chunks: AsyncGenerator<readonly MarketEvent[], void>,
  volumes: SecondVolumes,
  isEnough: (soFar: TimeRange & Pick<ReadSoFar, 'tradeCount'>) => boolean,
): Promise<TimeRange | null> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let tradeCount = 0;
  const range = () => ({ fromTime: first as EpochMs, toTime: (last + 1) as EpochMs });
  for await (const events of chunks) {
    for (const event of events) {
      const time = eventTimeOf(event);
      if (time === null) continue;
      first = Math.min(first, time);
      last = Math.max(last, time);
      if (event.kind !== 'trade') continue;
      tradeCount += 1;
      volumes.add(event.trade);
    }
    if (last >= first && isEnough({ ...range(), tradeCount })) break;
  }
  return last >= first ? range() : null;
}

function recordingLane(
  file: string,
  begin: () => AsyncGenerator<readonly MarketEvent[], void>,
  recent: RecentTrades,
): EventLane {
  const events = begin();
  recent.clear();
  return {
    next: async () => {
      try {
        const next = await events.next();
        if (next.done) return succeed(null);
        recent.add(next.value);
        return succeed(next.value);
      } catch (error) {
        if (isFileError(error)) return readFailure(file, error);
        throw error;
      }
    },
    close: async () => {
      await events.return();
    },
  };
}

const SECOND_MS = 1_000;

/** What was traded in each second of a recording. */
class SecondVolumes {
  readonly #byInstrument = new Map<InstrumentId, Map<number, number>>();

  add({ instrumentId, eventTime, size }: Trade): void {
    const seconds = this.#byInstrument.get(instrumentId) ?? new Map<number, number>();
    this.#byInstrument.set(instrumentId, seconds);
    const second = Math.floor(eventTime / SECOND_MS) * SECOND_MS;
    seconds.set(second, (seconds.get(second) ?? 0) + size);
  }

  of(id: InstrumentId): TradedVolume[] {
    const seconds = [...(this.#byInstrument.get(id) ?? [])].sort(([a], [b]) => a - b);
    return seconds.map(([time, volume]) => ({ time: time as EpochMs, volume }));
  }
}

const KEPT_TRADES = 50_000;

/** A recording cannot be looked up: what was read of it last is kept. */
class RecentTrades {
  #trades: Trade[] = [];

  add(events: readonly MarketEvent[]): void {
    for (const event of events) if (event.kind === 'trade') this.#trades.push(event.trade);
    if (this.#trades.length > 2 * KEPT_TRADES) this.#trades = this.#trades.slice(-KEPT_TRADES);
  }

  clear(): void {
    this.#trades = [];
  }

  list(
    id: InstrumentId,
    { fromTime, toTime, limit, newest }: Parameters<ReplaySource['trades']>[1],
  ): readonly Trade[] {
    const found = this.#trades
      .filter((trade) => trade.instrumentId === id)
      .filter(({ eventTime }) => eventTime >= fromTime && eventTime < toTime);
    return newest ? found.slice(-limit) : found.slice(0, limit);
  }
}

/** Chunks of events, none of them empty. */
async function* eventsOf(
  entries: Entries,
  head: readonly RecordedInstrument[],
): AsyncGenerator<readonly MarketEvent[], void> {
  const translator = new MarketTranslator(head);
  for await (const chunk of entries) {
    const events: MarketEvent[] = [];
    for (const entry of chunk) {
      const translated = entry.ok ? translator.translate(entry.value) : null;
      if (translated?.ok) events.push(...translated.value);
    }
    if (events.length > 0) yield events;
  }
}

/** An error of the file system, as against a bug, which must not be taken for one. */
const isFileError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
