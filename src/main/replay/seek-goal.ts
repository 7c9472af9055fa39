import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DeckStage } from './deck-stage.ts';
import type { ReplaySource } from './replay-source.ts';

/** Where a seek goes: to a time, or to the first fill on the way there. */
export interface SeekGoal {
  readonly time: EpochMs;
  readonly untilFill: boolean;
}

/** Fills of the live ledger on some instruments. */
export interface LiveFills {
  /** The earliest after `time`; null where there is none. */
  next(ids: readonly InstrumentId[], time: EpochMs): EpochMs | null;
  /** The latest before `time`. */
  previous(ids: readonly InstrumentId[], time: EpochMs): EpochMs | null;
}

interface Place {
  readonly source: ReplaySource;
  readonly stage: Pick<DeckStage, 'botIds' | 'fillBefore'>;
  readonly liveFills: LiveFills;
  readonly time: EpochMs;
}

export function nextFill({ source, stage, liveFills, time }: Place): SeekGoal | null {
  const live = liveFills.next(idsOf(source), time);
  const within = live !== null && live < source.toTime ? live : null;
  // What its bots are yet to do is known only by letting them.
  if (stage.botIds().length > 0) return { time: within ?? source.toTime, untilFill: true };
  return within === null ? null : { time: within, untilFill: false };
}

export function previousFill({ source, stage, liveFills, time }: Place): SeekGoal | null {
  const own = stage.fillBefore(time) ?? 0;
  const live = liveFills.previous(idsOf(source), time) ?? 0;
  const latest = Math.max(own, live) as EpochMs;
  return latest >= source.fromTime ? { time: latest, untilFill: false } : null;
}

const idsOf = ({ instruments }: ReplaySource): readonly InstrumentId[] =>
  instruments.map(({ id }) => id);
