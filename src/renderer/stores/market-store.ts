import { createStore } from 'zustand/vanilla';
import type { FeedStatus } from '#contract/model.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';

type TickerUpdate = PushPayload<'price:update'>;

/** How an instrument's market data stand: its state within its feed. */
export interface InstrumentFeed {
  readonly feedId: string;
  readonly mode: MarketMode;
  readonly state: FeedState;
  readonly lastEventTime: EpochMs | null;
  readonly lagMs: number | null;
}

/** Where the prices on screen come from; never to be mistaken for one another. */
export type MarketMode = 'demo' | 'replay' | 'live';

export interface MarketState {
  readonly tickers: Readonly<Record<InstrumentId, TickerUpdate>>;
  /** Closes of the last minutes, oldest first. */
  readonly sparklines: Readonly<Record<InstrumentId, readonly Price[]>>;
  readonly feeds: readonly FeedStatus[];
  readonly instrumentFeeds: Readonly<Record<InstrumentId, InstrumentFeed>>;
}

export const createMarketStore = () =>
  createStore<MarketState>(() => ({
    tickers: {},
    sparklines: {},
    feeds: [],
    instrumentFeeds: {},
  }));
export type MarketStore = ReturnType<typeof createMarketStore>;

export function modeOf(feed: Pick<FeedStatus, 'exchange' | 'spec'>): MarketMode {
  if (feed.exchange === 'replay' || feed.spec.startsWith('replay')) return 'replay';
  return feed.exchange === 'demo' ? 'demo' : 'live';
}

const CONNECTED: readonly FeedState['kind'][] = ['live', 'stale', 'closed'];

/** The feeds' report, turned round: by instrument. A feed that is not live takes its instruments along. */
export function instrumentFeedsOf(
  feeds: readonly FeedStatus[],
): Record<InstrumentId, InstrumentFeed> {
  const result: Record<InstrumentId, InstrumentFeed> = {};
  for (const feed of feeds) {
    for (const instrument of feed.instruments) {
      const isCarried = CONNECTED.includes(feed.state.kind);
      result[instrument.id] = {
        feedId: feed.id,
        mode: modeOf(feed),
        state: isCarried ? instrument.state : feed.state,
        lastEventTime: instrument.lastEventTime,
        lagMs: feed.lagMs,
      };
    }
  }
  return result;
}
