import type { Result } from '#contract/errors.ts';
import type { Price } from '#domain/units.ts';

/** A price that an alert watches, as the chart draws it. */
export interface ShownLevel {
  readonly ruleId: string;
  readonly name: string;
  readonly price: Price;
  readonly isEnabled: boolean;
}

/** The alert levels of one instrument, and what can be done about them. */
export interface AlertLevels {
  list(): readonly ShownLevel[];
  /** Told of each change. Returns its end. */
  subscribe(listener: () => void): () => void;
  create(price: number): Promise<Result<unknown>>;
  move(ruleId: string, price: number): Promise<Result<unknown>>;
  remove(ruleId: string): Promise<Result<unknown>>;
}
