import { z } from 'zod';
import type { ConditionOf, WatchedBot, WatchPast } from '../watch.ts';
import { BotWatch } from './bot-watch.ts';

const memorySchema = z.record(z.string(), z.number());

/**
 * A bot's equity below its peak, in percent of the peak. Peaks are of the profit since its beginning,
 * so that a withdrawal is no drawdown.
 */
export class Drawdown extends BotWatch {
  readonly #condition: ConditionOf<'drawdown'>;
  readonly #peakProfits: Map<string, number>;

  constructor(condition: ConditionOf<'drawdown'>, { memory }: Pick<WatchPast, 'memory'>) {
    super(condition.botId);
    this.#condition = condition;
    this.#peakProfits = new Map(Object.entries(memorySchema.safeParse(memory).data ?? {}));
  }

  protected measure({ id, equity, initialCash }: WatchedBot) {
    const invested = Number(initialCash);
    const profit = Number(equity) - invested;
    const peak = Math.max(this.#peakProfits.get(id) ?? profit, profit);
    this.#peakProfits.set(id, peak);
    const peakEquity = invested + peak;
    const value = peakEquity > 0 ? ((peak - profit) / peakEquity) * 100 : 0;
    return { isMet: value >= this.#condition.percent, value };
  }

  protected forget(botId: string): void {
    this.#peakProfits.delete(botId);
  }

  copy(): Drawdown {
    const copy = new Drawdown(this.#condition, { memory: undefined });
    for (const [botId, peak] of this.#peakProfits) copy.#peakProfits.set(botId, peak);
    return copy;
  }

  memory(): unknown {
    return Object.fromEntries(this.#peakProfits);
  }
}
