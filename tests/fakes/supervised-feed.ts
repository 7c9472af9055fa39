import type { Failure } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Rejection } from '#main/feeds/feed.ts';
import { ScriptedFeed } from '#main/feeds/scripted-feed.fixture.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';

/** Its events carry the exchange's clock, and its sockets die. */
export const REMOTE = 'ccxt:test:BTC/USDT,ETH/USDT';

export interface Wish {
  readonly spec?: string;
  /** It was added before, and not now. */
  readonly isKept?: boolean;
  readonly recordedUntil?: (id: InstrumentId) => EpochMs | null;
  readonly beforeStart?: () => Promise<void>;
  /** Before it is added. */
  readonly prepare?: (feed: ScriptedFeed) => void;
}

/** A supervisor with one feed that does what it is told to. */
export async function setUp({
  spec = 'demo',
  isKept = false,
  beforeStart,
  prepare,
  recordedUntil,
}: Wish = {}) {
  const clock = new FakeClock();
  const feed = new ScriptedFeed(clock);
  const events: MarketEvent[] = [];
  const told: (readonly FeedStatus[])[] = [];
  const watchlists: string[][] = [];
  const crashes: unknown[] = [];
  const rejections: [string, Rejection][] = [];
  const missing: [string, readonly string[]][] = [];
  const unfilled: Failure[] = [];
  const intakes: number[] = [];
  const supervisor = new FeedSupervisor({
    clock,
    random: () => 0,
    createFeed: () => feed,
    ...(beforeStart && { beforeStart }),
    ...(recordedUntil && { recordedUntil }),
    listeners: {
      onEvents: (some) => events.push(...some),
      onStatus: (statuses) => told.push(statuses),
      onInstruments: (some) => watchlists.push(some.map(({ id }) => id)),
      onCrash: (_, error) => crashes.push(error),
      onMissing: (ofSpec, reasons) => missing.push([ofSpec, reasons]),
      onRejected: (feedId, rejection) => rejections.push([feedId, rejection]),
      onBackfillFailed: (_, failure) => unfilled.push(failure),
      onIntake: (latencyMs) => intakes.push(latencyMs),
    },
  });
  prepare?.(feed);
  const added = await (isKept ? supervisor.keep(spec, 'whatIsLeft') : supervisor.add(spec));
  const status = () => supervisor.statuses()[0] as FeedStatus;
  const stateOf = (id: InstrumentId) =>
    status().instruments.find((one) => one.id === id)?.state.kind;
  return {
    ...{ clock, feed, events, told, watchlists, crashes, rejections, supervisor },
    ...{ added, unfilled, intakes, missing },
    status,
    stateOf,
  };
}
