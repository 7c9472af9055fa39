import { z } from 'zod';
import type { AlertLabels } from '#domain/alert.ts';
import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  labelsOfInstrument,
  NOTHING,
  type Reading,
  type WatchPast,
} from '../watch.ts';
import { NewestTrades } from './newest-trades.ts';

type Direction = 'up' | 'down';

const memorySchema = z.array(z.enum(['up', 'down']));

/**
 * The price reaches a level, coming from its other side. A direction is armed once the price was seen
 * before the level; one that was beyond it from the start has crossed nothing.
 */
export class PriceCross implements ConditionWatch {
  readonly #condition: ConditionOf<'priceCross'>;
  readonly #labels: ReadonlyMap<Direction, AlertLabels>;
  #newest = new NewestTrades();
  readonly #armed: Set<Direction>;

  constructor(condition: ConditionOf<'priceCross'>, { memory, firing }: WatchPast) {
    const { instrumentId, direction } = condition;
    this.#condition = condition;
    const directions = direction === 'either' ? (['up', 'down'] as const) : [direction];
    this.#labels = new Map(
      directions.map((one) => [one, { ...labelsOfInstrument(instrumentId), direction: one }]),
    );
    this.#armed = new Set(memorySchema.safeParse(memory).data ?? []);
    for (const labels of firing) {
      if (labels.direction === 'up' || labels.direction === 'down')
        this.#armed.add(labels.direction);
    }
  }

  take(news: AlertNews): readonly Reading[] {
    const trade = this.#newest.take(news);
    if (!trade) return NOTHING;
    const { price: value, eventTime: marketTime } = trade;
    const { level } = this.#condition;
    return [...this.#labels].map(([direction, labels]): Reading => {
      const isBeyond = direction === 'up' ? value >= level : value <= level;
      if (!isBeyond) this.#armed.add(direction);
      return { labels, isMet: isBeyond && this.#armed.has(direction), value, marketTime };
    });
  }

  copy(): PriceCross {
    const copy = new PriceCross(this.#condition, { memory: this.memory(), firing: [] });
    copy.#newest = this.#newest.copy();
    return copy;
  }

  memory(): unknown {
    return [...this.#armed];
  }
}
