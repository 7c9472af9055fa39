import { deckOfInstrument } from '#contract/decks.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import { translator } from '../../i18n/i18n.ts';
import { feedLine } from '../../stores/feed-line.ts';
import type { InstrumentFeed } from '../../stores/market-store.ts';
import type { BadgeTone } from '../../ui/badge.tsx';

const t = translator('bots');
const ofFeeds = translator('feeds');

export interface FeedHealth {
  /** A word: `live`, `demo`, `stale`, `no feed`. */
  readonly label: string;
  readonly tone: BadgeTone;
  /** One line that holds. */
  readonly title: string;
}

const TROUBLE_TONES: Readonly<Record<Exclude<FeedState['kind'], 'live'>, BadgeTone>> = {
  closed: 'neutral',
  ended: 'neutral',
  connecting: 'warning',
  stale: 'warning',
  disconnected: 'down',
  failed: 'down',
};
const MODE_TONES: Readonly<Record<InstrumentFeed['mode'], BadgeTone>> = {
  live: 'up',
  demo: 'neutral',
  replay: 'accent',
};

export interface Carrier {
  readonly instrument: InstrumentFeed;
  readonly feed: FeedStatus;
}

/** How the prices of an instrument reach us; `carrier` is null where no feed brings them. */
export function feedHealth(id: InstrumentId, carrier: Carrier | null, now: number): FeedHealth {
  if (carrier === null) return uncarried(id);
  const { instrument, feed } = carrier;
  const { state, mode } = instrument;
  // Of an instrument that is silent alone the line must not say that all is well.
  const line = feedLine({ ...feed, state }, now);
  const title = `${feed.spec}: ${line}`;
  return state.kind === 'live'
    ? { label: t(`feed.${mode}`), tone: MODE_TONES[mode], title }
    : { label: ofFeeds(`states.${state.kind}`), tone: TROUBLE_TONES[state.kind], title };
}

const uncarried = (id: InstrumentId): FeedHealth =>
  deckOfInstrument(id) === undefined
    ? {
        label: t('feed.none'),
        tone: 'warning',
        title: t('feed.noneTitle', { symbol: symbolOf(id) }),
      }
    : { label: t('feed.replay'), tone: MODE_TONES.replay, title: t('feed.deckTitle') };
