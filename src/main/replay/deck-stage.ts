import type { Result } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';

/** A bot of a deck, as it is to begin. */
export interface StagedBot {
  readonly id: string;
  readonly draft: DeckBot;
  readonly isRunning: boolean;
}

/**
 * What a deck plays on: a market, bots and a ledger of its own, wired as those of live are. `app`
 * composes it. Of a source that can be begun anywhere, the market that is shown may stand elsewhere
 * than its bots and alert rules do.
 */
export interface DeckStage {
  /**
   * Forgets the market that is shown, and fills it with what was known at `time`, but for the last
   * trades: gives from when on each instrument's are to be shown.
   */
  seed(time: EpochMs): Result<ReadonlyMap<InstrumentId, EpochMs>>;
  /** The way of an event that the market alone is to show. */
  show(event: MarketEvent): void;
  /** Bots and alert rules know nothing of the market any more. */
  forget(): void;
  /** The way of an event that nobody acts on: it belongs to the past that the deck begins with. */
  remember(event: MarketEvent): void;
  /** The way of an event that bots and alert rules are to live through, without showing it. */
  pass(event: MarketEvent): void;
  /** The way of every event, as live. */
  play(event: MarketEvent): void;
  /** Resolves when its bots have dealt with what was played; null where they have. */
  settled(): Promise<unknown> | null;
  /** The time has moved on: what is due is done. */
  advance(): void;
  /** How many rules it is watched by. */
  readonly alertRuleCount: number;
  /** Gives it a bot; the sentence says what is wrong with it. */
  addBot(bot: StagedBot): Result<void>;
  botIds(): readonly string[];
  /** Those that there are now, as the user has changed them. */
  bots(): readonly StagedBot[];
  /** Tells once more, of its bots and alerts, what a newcomer is told. */
  retell(): void;
  /** So far. */
  readonly fillCount: number;
  /** The latest fill before `time`. */
  fillBefore(time: EpochMs): EpochMs | null;
  /** Nothing of it is left. */
  dispose(): Promise<void>;
}
