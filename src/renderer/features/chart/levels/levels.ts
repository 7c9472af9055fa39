import type { Result } from '#contract/errors.ts';

/** A horizontal line at a price that can be taken hold of: an alert’s, an order’s. */
export interface Level {
  readonly id: string;
  readonly price: number;
}

/** The levels of one kind on one instrument, and what can be done about them. */
export interface Levels<Kind extends Level> {
  list(): readonly Kind[];
  move(id: string, price: number): Promise<Result<unknown>>;
  remove(id: string): Promise<Result<unknown>>;
}
