import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Playhead } from './playhead.ts';
import type { ReplaySource } from './replay-source.ts';

export interface TradeQuery {
  /** Without it: the newest. */
  readonly fromTime?: EpochMs | undefined;
  /** Exclusive. */
  readonly toTime?: EpochMs | undefined;
  readonly limit: number;
}

/** Trades of one moment are told apart among as many more than were asked for. */
const TIED_AT_MOST = 1_000;

/** An instrument's trades up to the playhead, oldest first. */
export function readPlayed(
  source: ReplaySource,
  playhead: Playhead,
  id: InstrumentId,
  { fromTime, toTime, limit }: TradeQuery,
): Result<readonly Trade[]> {
  const newest = fromTime === undefined;
  const afterNow = (playhead.time + 1) as EpochMs;
  const trades = source.trades(id, {
    newest,
    fromTime: fromTime ?? (0 as EpochMs),
    toTime: Math.min(toTime ?? afterNow, afterNow) as EpochMs,
    // Those of this very moment that are yet to come must not take the place of others.
    limit: newest ? limit + TIED_AT_MOST : limit,
  });
  if (!trades.ok) return trades;
  const played = playhead.played(id, trades.value);
  return succeed(newest ? played.slice(-limit) : played);
}
