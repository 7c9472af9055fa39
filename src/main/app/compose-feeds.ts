import type { MarketEvent } from '#domain/market-event.ts';
import { createFeed } from '#main/feeds/create-feed.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import type { Ground } from './ground.ts';
import { seedMarkets } from './history-seeding.ts';
import { createPipeline } from './market-pipeline.ts';

export interface FeedsSurroundings extends Ground {
  readonly tape: TapeDatabase;
  readonly market: MarketData;
  readonly bots: { onEvent(event: MarketEvent): void };
  readonly onInstruments: () => void;
}

/** The feeds, and the way of their events through market, tape and bots. */
export function composeFeeds(surroundings: FeedsSurroundings) {
  const { clock, log, lifecycle, publications, tape, market, bots, onInstruments } = surroundings;
  const recorder = new TapeRecorder({
    store: tape,
    clock,
    onFailure: (reason) => log.error({ reason }, 'the tape cannot be written'),
    onRecovery: () => log.info({}, 'the tape is written again'),
  });
  lifecycle.onClose('tape recorder', () => {
    const flushed = recorder.dispose();
    if (!flushed.ok) log.error({ reason: flushed.error.message }, 'the last trades are lost');
  });
  const feeds = new FeedSupervisor({
    clock,
    random: Math.random,
    createFeed: (spec) => createFeed(spec, { clock }),
    beforeStart: (feed, instruments) => seedMarkets(feed, instruments, { market, clock }),
    listeners: {
      onEvents: createPipeline({ market, recorder, bots }),
      onStatus: (statuses) => publications.publish({ of: 'feeds', feeds: statuses }),
      onInstruments,
      onRejected: (feedId, { line, reason }) =>
        log.warn({ feedId, line, reason }, 'a line of the feed was rejected'),
      onCrash: (feedId, error) => log.error({ feedId, err: error }, 'a feed crashed'),
    },
  });
  lifecycle.onClose('feeds', () => feeds.dispose());
  return { recorder, feeds };
}
