import { deckInstrumentId } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { ReplaySource } from './replay-source.ts';

/** What of a deck's view stays the same all its life. */
export type LastingView = Pick<
  DeckView,
  'id' | 'notify' | 'source' | 'fromTime' | 'toTime' | 'instruments' | 'books' | 'slowSeek' | 'gaps'
>;

/** The source as its deck shows it: by the deck's own names. */
export function lastingViewOf({
  id,
  notify,
  source,
}: {
  readonly id: string;
  readonly notify: boolean;
  readonly source: Pick<
    ReplaySource,
    'view' | 'fromTime' | 'toTime' | 'instruments' | 'gaps' | 'books' | 'slowSeek'
  >;
}): LastingView {
  const named = (sourceId: InstrumentId) => deckInstrumentId(id, sourceId);
  return {
    ...{ id, notify },
    source: source.view,
    fromTime: source.fromTime,
    toTime: source.toTime,
    books: source.books,
    slowSeek: source.slowSeek,
    instruments: source.instruments.map((instrument) => ({
      ...instrument,
      id: named(instrument.id),
      exchange: `${id}_${instrument.exchange}`,
      sourceId: instrument.id,
    })),
    gaps: source.gaps.map((gap) => ({ ...gap, instrumentId: named(gap.instrumentId) })),
  };
}
