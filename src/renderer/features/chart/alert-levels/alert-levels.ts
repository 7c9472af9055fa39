import type { Result } from '#contract/errors.ts';
import type { Level, Levels } from '../levels/levels.ts';

/** A price that an alert watches, as the chart draws it. `id`: of its rule. */
export interface AlertLevel extends Level {
  readonly name: string;
  readonly isEnabled: boolean;
}

/** The alert levels of one instrument, and what can be done about them. */
export interface AlertLevels extends Levels<AlertLevel> {
  /** Told of each change. Returns its end. */
  subscribe(listener: () => void): () => void;
  create(price: number): Promise<Result<unknown>>;
}
