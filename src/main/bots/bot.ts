import type { MarkedPosition } from '#contract/model.ts';
import type { BotView } from '#contract/requests.ts';
import type { BotConfig, BotStatus } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { isOpen } from '#domain/order.ts';
import { drawdownOf, performanceAt, pnlTodayOf } from '#domain/performance.ts';
import { flatPosition, type Position, unrealizedPnl } from '#domain/position.ts';
import type { BotRunner } from './bot-runner.ts';
import type { BotChanges, BotRuntime, BotStore, StoredBot } from './bot-store.ts';

/** One bot as it stands: what the ledger holds of it and, while it runs, its runner. */
export class Bot {
  config: BotConfig;
  runtime: BotRuntime;
  position: Position;
  readonly #openOrderIds: Set<string>;
  readonly #clock: Clock;
  /** Null while it does not run, or runs but nothing carries its instrument. */
  runner: BotRunner | null = null;

  constructor(stored: StoredBot, store: Pick<BotStore, 'openOrders' | 'position'>, clock: Clock) {
    this.#clock = clock;
    const { config } = stored;
    this.config = config;
    this.runtime = stored.runtime;
    this.position =
      store.position(config.id) ?? flatPosition(config.id, config.instrumentId, config.createdTime);
    this.#openOrderIds = new Set(store.openOrders(config.id).map(({ id }) => id));
  }

  /** Takes over what a step changed, once it is on disk. */
  apply(changes: BotChanges): void {
    this.runtime = changes.runtime;
    this.position = changes.position ?? this.position;
    for (const order of changes.orders) {
      if (isOpen(order)) this.#openOrderIds.add(order.id);
      else this.#openOrderIds.delete(order.id);
    }
  }

  get id(): string {
    return this.config.id;
  }

  markedPosition(markPrice: number | null): MarkedPosition {
    return { ...this.position, unrealizedPnl: this.#unrealized(markPrice) };
  }

  status(markPrice: number | null): BotStatus {
    const { state, pausedBy, error, reason, cash, performance, fillCount, lastFillTime } =
      this.runtime;
    const isSilent = state === 'running' && this.runner === null;
    const unrealized = this.#unrealized(markPrice);
    const equity = decimal(cash).plus(this.position.cost).plus(unrealized);
    const pnl = toDecimalString(equity.minus(this.config.initialCash));
    const { maxDrawdown } = performanceAt(performance, pnl, this.#clock.now());
    return {
      botId: this.id,
      state: isSilent ? 'silent' : state,
      pausedBy,
      error: isSilent ? `No feed carries ${this.config.instrumentId}` : error,
      reason,
      equity: toDecimalString(equity),
      cash,
      realizedPnl: this.position.realizedPnl,
      unrealizedPnl: unrealized,
      fees: this.position.fees,
      drawdown: drawdownOf(performance, pnl),
      maxDrawdown,
      pnlToday: pnlTodayOf(performance, pnl, this.#clock.now()),
      openOrders: this.#openOrderIds.size,
      fillCount,
      lastFillTime,
    };
  }

  view(markPrice: number | null): BotView {
    return {
      config: this.config,
      status: this.status(markPrice),
      position: this.markedPosition(markPrice),
    };
  }

  #unrealized(markPrice: number | null) {
    return markPrice === null ? toDecimalString(ZERO) : unrealizedPnl(this.position, markPrice);
  }
}
