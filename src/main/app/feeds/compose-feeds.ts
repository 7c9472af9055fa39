import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { ExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import { createFeed } from '#main/feeds/create-feed.ts';
import { derivUrl } from '#main/feeds/deriv/address.ts';
import { DerivMarkets } from '#main/feeds/deriv/deriv-markets.ts';
import type { Feed } from '#main/feeds/feed.ts';
import type { FeedSpec } from '#main/feeds/feed-spec.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { watchWaking } from '#main/feeds/wake-watch.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder, type TapeRecorderOptions } from '#main/tape/recorder.ts';
import { SECONDS_BUCKETS } from '#main/telemetry/hub-meter.ts';
import { BucketTally } from '#main/telemetry/tallies.ts';
import type { Ground } from '../ground.ts';
import { liveTape } from '../tape/live-tape.ts';
import { seedMarkets } from './history-seeding.ts';
import { createPipeline } from './market-pipeline.ts';
import { networkAddresses } from './network-addresses.ts';
import { playedTape } from './played-tape.ts';

const MS_A_SECOND = 1_000;

export interface FeedsSurroundings extends Ground {
  readonly tape: TapeDatabase;
  readonly market: MarketData;
  readonly bots: { onEvent(event: MarketEvent): void };
  readonly alerts: { onEvent(event: MarketEvent): void };
  readonly onInstruments: () => void;
  readonly tapeTrouble: Pick<TapeRecorderOptions, 'onFailure' | 'onRecovery'>;
  readonly onMissing: (spec: string, reasons: readonly string[]) => void;
  /** How exchanges are reached where that differs from what ccxt knows. */
  readonly exchangeConfigs: ExchangeConfigs;
  /** In place of the feeds that the specs name. */
  readonly createFeed?: (spec: FeedSpec) => Feed;
}

/** The feeds, and the way of their events through market, tape and bots. */
export function composeFeeds(surroundings: FeedsSurroundings) {
  const { clock, log, lifecycle, publications, tape, market, bots, alerts, onInstruments } =
    surroundings;
  const recorder = new TapeRecorder({
    store: liveTape(tape),
    clock,
    ...surroundings.tapeTrouble,
  });
  lifecycle.onClose('tape recorder', () => {
    const flushed = recorder.dispose();
    if (!flushed.ok) log.error({ reason: flushed.error.message }, 'the last trades are lost');
  });
  const ccxtWorker = new CcxtWorker({
    clock,
    configs: surroundings.exchangeConfigs,
    onTrouble: (reason) => log.warn({ reason }, 'the exchange worker has trouble'),
  });
  lifecycle.onClose('exchange worker', () => ccxtWorker.dispose());
  const seeding = {
    ...{ market, clock },
    onFailure: (err: unknown) => log.warn({ err }, 'the past of an instrument could not be had'),
  };
  const intakeSeconds = new BucketTally(SECONDS_BUCKETS);
  const feeds = new FeedSupervisor({
    clock,
    random: Math.random,
    createFeed:
      surroundings.createFeed ??
      ((spec) =>
        createFeed(spec, {
          ...{ clock, ccxtWorker, tape: playedTape(tape) },
          exchangeConfigs: surroundings.exchangeConfigs,
        })),
    recordedUntil: (id) => {
      const last = tape.lastTime(id);
      return last.ok ? (last.value as EpochMs | null) : null;
    },
    beforeStart: (feed, instruments) => seedMarkets(feed, instruments, seeding),
    listeners: {
      onEvents: createPipeline({ market, recorder, bots, alerts }),
      onStatus: (statuses) => publications.publish({ of: 'feeds', feeds: statuses }),
      onInstruments,
      onMissing: surroundings.onMissing,
      onRejected: (feedId, { line, reason }) =>
        log.warn({ feedId, line, reason }, 'a line of the feed was rejected'),
      onBackfillFailed: (feedId, { message }) =>
        log.warn({ feedId, reason: message }, 'a gap could not be filled afterwards'),
      onCrash: (feedId, error) => log.error({ feedId, err: error }, 'a feed crashed'),
      onIntake: (latencyMs) => intakeSeconds.observe(latencyMs / MS_A_SECOND),
    },
  });
  lifecycle.onClose('feeds', () => feeds.dispose());
  const onWake = (): void => {
    log.info({}, 'the machine slept or its network changed: feeds connect anew');
    feeds.resume();
  };
  lifecycle.onClose('wake watch', watchWaking({ clock, addresses: networkAddresses, onWake }));
  const derivMarkets = new DerivMarkets({
    url: derivUrl(surroundings.exchangeConfigs['deriv']),
    clock,
  });
  lifecycle.onClose('questions to Deriv', () => derivMarkets.close());
  return { recorder, ccxtWorker, derivMarkets, feeds, intakeSeconds };
}
