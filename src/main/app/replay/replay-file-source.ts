import { basename } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { eventTimeOf, type MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { readFailure, readRecording } from '#main/feeds/replay/recording.ts';
import { readHead } from '#main/feeds/replay/recording-head.ts';
import type { ReplaySource, TimeRange } from '#main/replay/replay-source.ts';
import { RecordedCandles } from './recorded-candles.ts';
import { eventsOfFile, isFileError, recordedEvents, spooledEvents } from './recording-events.ts';
import { RecordingSpool, type SpoolPlace } from './spool-place.ts';

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
  /** Where it is kept to be sought; without it, nobody is to go back in it. */
  readonly spools?: SpoolPlace;
}

/**
 * A raw recording of Binance's streams as a deck plays it, with order books. It is read through once,
 * to know where it begins and ends; lines that are no market data are left out, as the feed does. What
 * is read is spooled, where there is a place for that: then the deck may go anywhere in it. Null where
 * that was given up.
 */
export async function openFileSource(
  file: string,
  reading: FileReading,
): Promise<Result<ReplaySource | null>> {
  const spool = reading.spools ? await RecordingSpool.begin(reading.spools) : null;
  try {
    return await readThrough(file, reading, spool);
  } catch (error) {
    if (isFileError(error)) return readFailure(file, error);
    throw error;
  } finally {
    await spool?.discard();
  }
}

async function readThrough(
  file: string,
  { signal, onProgress }: FileReading,
  spool: RecordingSpool | null,
): Promise<Result<ReplaySource | null>> {
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
  const candles = new RecordedCandles();
  const range = await rangeOf(recordedEvents(entries, head.value), {
    take: async (events) => {
      for (const event of events) if (event.kind === 'trade') candles.add(event.trade);
      await spool?.add(events);
    },
    isEnough: (soFar) => {
      onProgress({ ...known, ...soFar, progress });
      return signal.aborted;
    },
  });
  if (signal.aborted) return succeed(null);
  if (range === null) return fail('invalid_payload', `${file} holds nothing that has a time.`);
  const spooled = await spool?.finish();
  return succeed({
    ...{ ...known, ...range },
    gaps: [],
    slowSeek: spool?.slowSeek ?? null,
    candles: (id, interval, span) => succeed(candles.list(id, interval, span)),
    volumes: (id) => succeed(candles.volumes(id)),
    ...(spooled
      ? spooledEvents(spooled, known.instruments)
      : eventsOfFile(file, () => recordedEvents(opened.value(), head.value))),
  });
}

interface RangeReader {
  readonly take: (events: readonly MarketEvent[]) => Promise<void>;
  /** Hears on the way of what there is so far; true where the rest is not wanted. */
  readonly isEnough: (soFar: TimeRange & Pick<ReadSoFar, 'tradeCount'>) => boolean;
}

/** From the first to the last event; null where none has a time. */
async function rangeOf(
  chunks: AsyncGenerator<readonly MarketEvent[], void>,
  { take, isEnough }: RangeReader,
): Promise<TimeRange | null> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let tradeCount = 0;
  const range = () => ({ fromTime: first as EpochMs, toTime: (last + 1) as EpochMs });
  for await (const events of chunks) {
    await take(events);
    for (const event of events) {
      if (event.kind === 'trade') tradeCount += 1;
      const time = eventTimeOf(event);
      if (time === null) continue;
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
    if (last >= first && isEnough({ ...range(), tradeCount })) break;
  }
  return last >= first ? range() : null;
}
