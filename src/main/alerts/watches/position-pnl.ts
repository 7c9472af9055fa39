import { decimal } from '#domain/decimal.ts';
import type { ConditionOf, WatchedBot } from '../watch.ts';
import { BotWatch } from './bot-watch.ts';

/** What a bot's open position would realise lies beyond a level. */
export class PositionPnl extends BotWatch {
  readonly #condition: ConditionOf<'positionPnl'>;

  constructor(condition: ConditionOf<'positionPnl'>) {
    super(condition.botId);
    this.#condition = condition;
  }

  protected measure({ unrealizedPnl }: WatchedBot) {
    const { level, side } = this.#condition;
    const profit = decimal(unrealizedPnl);
    const isMet = side === 'above' ? profit.gt(level) : profit.lt(level);
    return { isMet, value: profit.toNumber() };
  }

  copy(): PositionPnl {
    return new PositionPnl(this.#condition);
  }

  protected forget(): void {
    return;
  }
}
