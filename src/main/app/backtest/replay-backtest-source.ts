import type { BacktestReport } from '#contract/backtest-report.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BacktestFeed } from '#main/backtest/backtest-feed.ts';
import type { MarketData } from '#main/market/market-data.ts';
import { EventMerger } from '#main/replay/event-merger.ts';
import { takeUntil } from '#main/replay/place.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { deckBotHistory } from '../bots/bot-history.ts';
import { seedDeckMarket } from '../replay/replay-seeding.ts';
import type { BacktestSource, BegunSource } from './backtest-source.ts';

/**
 * What a deck would play of one instrument, for a backtest: the same lanes, merged by the same merger,
 * on a market that has the same past. `lastTime` is when its last event happened.
 */
export function replayBacktestSource(
  replay: ReplaySource,
  id: InstrumentId,
  lastTime: EpochMs,
): Result<BacktestSource> {
  const instrument = replay.instruments.find((one) => one.id === id);
  if (!instrument) return fail('unknown_instrument', `There is nothing of ${id} to play.`);
  const { fromTime, toTime } = replay;
  return succeed({
    ...{ instrument, fromTime, toTime, finest: null, gaps: replay.gaps.length },
    source: sourceOf(replay),
    history: (market) => deckBotHistory(market, replay),
    begin: (market) => begin(replay, id, { market, lastTime }),
  });
}

function sourceOf({ view }: ReplaySource): BacktestReport['source'] {
  return view.kind === 'tape'
    ? { kind: 'tape', name: null, interval: null }
    : { kind: 'file', name: view.name, interval: null };
}

async function begin(
  replay: ReplaySource,
  id: InstrumentId,
  { market, lastTime }: { readonly market: MarketData; readonly lastTime: EpochMs },
): Promise<Result<BegunSource>> {
  const { fromTime, toTime } = replay;
  const since = seedDeckMarket(replay, market, fromTime);
  if (!since.ok) return since;
  const first = Math.min(fromTime, ...since.value.values()) as EpochMs;
  const merger = new EventMerger(
    replay.lanes((one) => since.value.get(one) ?? first),
    first,
  );
  const known = await takeUntil({ time: fromTime, count: 0 }, merger, (event) =>
    market.apply(event),
  );
  if (!known.ok) {
    await merger.close();
    return known;
  }
  const firstTime = merger.nextTime() ?? fromTime;
  return succeed({
    feed: feedOf(merger, replay.instruments.length > 1 ? id : null),
    fromTime: firstTime,
    toTime: Math.max(firstTime, Math.min(toTime, lastTime + 1)) as EpochMs,
  });
}

/** `only` is the instrument where there are others. */
function feedOf(merger: EventMerger, only: InstrumentId | null): BacktestFeed {
  const next: BacktestFeed['next'] = async () => {
    for (;;) {
      const read = await merger.prepare();
      if (!read.ok) return read;
      if (merger.nextTime() === null) return succeed(null);
      const run = merger.takeRun();
      const events = only === null ? run : run.filter((event) => instrumentOf(event) === only);
      if (events.length > 0) return succeed({ kind: 'events', events });
    }
  };
  return { next, close: () => merger.close() };
}
