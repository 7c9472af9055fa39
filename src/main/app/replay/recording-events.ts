import { succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import { MarketTranslator } from '#main/feeds/replay/market-translator.ts';
import { type RecordingEntry, readFailure } from '#main/feeds/replay/recording.ts';
import type { RecordedInstrument } from '#main/feeds/replay/recording-head.ts';
import type { EventLane, ReplaySource } from '#main/replay/replay-source.ts';
import type { EventSpool } from '#main/replay/spool/event-spool.ts';

/** The events of a recording, as a source gives them. */
export type SourceEvents = Pick<
  ReplaySource,
  'isSeekable' | 'lanes' | 'standing' | 'trades' | 'close'
>;

/** To be begun anywhere. */
export function spooledEvents(
  spool: EventSpool,
  instruments: readonly { readonly id: InstrumentId }[],
): SourceEvents {
  const ids = instruments.map(({ id }) => id);
  return {
    isSeekable: true,
    lanes: (since) => [spool.lane(ids, since)],
    standing: (since, time) => spool.standing(ids, since, time),
    trades: (id, query) => spool.trades(id, query),
    close: () => spool.close(),
  };
}

/** From its start only. */
export function eventsOfFile(
  file: string,
  begin: () => AsyncGenerator<readonly MarketEvent[], void>,
): SourceEvents {
  const recent = new RecentTrades();
  return {
    isSeekable: false,
    lanes: () => [recordingLane(file, begin, recent)],
    standing: (since) => succeed({ events: [], since }),
    trades: (id, query) => succeed(recent.list(id, query)),
  };
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
export async function* recordedEvents(
  entries: AsyncGenerator<readonly RecordingEntry[]>,
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
export const isFileError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error;
