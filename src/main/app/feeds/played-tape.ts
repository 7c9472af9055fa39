import { deckOfInstrument } from '#contract/decks.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import { REPLAY_EXCHANGE } from '#main/feeds/replay/recording-head.ts';
import type { DueTapedEvent, PlayedTape, TapedStretch } from '#main/feeds/replay/tape-feed.ts';
import { EventMerger } from '#main/replay/event-merger.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { openTapeSource } from '../replay/replay-tape-source.ts';

/** Small enough that nobody waits for them to be unpacked. */
const MOST_EVENTS = 500;

/** The tape as a feed plays it: what a deck would play of it. */
export const playedTape = (tape: TapeDatabase): PlayedTape => ({
  open: (named, range) => {
    const instruments = named.length > 0 ? succeed(named) : recordedOfExchanges(tape);
    if (!instruments.ok) return instruments;
    const source = openTapeSource(tape, { instruments: instruments.value, ...range });
    return source.ok ? succeed(stretchOf(source.value)) : source;
  },
});

/** What such a feed has itself recorded is not played once more. */
function recordedOfExchanges(tape: TapeDatabase): Result<readonly InstrumentId[]> {
  const known = tape.instruments();
  if (!known.ok) return known;
  const ids = known.value
    .map(({ instrumentId }) => instrumentId)
    .filter((id) => namesOf(id).exchange !== REPLAY_EXCHANGE && !deckOfInstrument(id));
  return ids.length > 0 ? succeed(ids) : fail('not_found', 'There are no trades on the tape yet.');
}

function stretchOf(source: ReplaySource): TapedStretch {
  const merger = new EventMerger(
    source.lanes(() => source.fromTime),
    source.fromTime,
  );
  return {
    instruments: source.instruments,
    next: async () => {
      const events: DueTapedEvent[] = [];
      while (events.length < MOST_EVENTS) {
        if (!merger.isReady) {
          const prepared = await merger.prepare();
          if (!prepared.ok) return prepared;
        }
        const due = merger.peek();
        if (due === null) break;
        merger.take();
        const { event, time } = due;
        // A tape holds nothing else.
        if (event.kind === 'trade' || event.kind === 'gap') events.push({ event, time });
      }
      return succeed(events.length > 0 ? events : null);
    },
  };
}
