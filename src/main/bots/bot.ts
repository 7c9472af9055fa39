import type { MarkedPosition } from '#contract/model.ts';
import type { BotView } from '#contract/requests.ts';
import type { BotConfig, BotStatus } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { namesOf } from '#domain/instrument.ts';
import { isOpen } from '#domain/order.ts';
import { drawdownOf, performanceAt, pnlTodayOf } from '#domain/performance.ts';
import { flatPosition, type Position, unrealizedPnl } from '#domain/position.ts';
import { quotient } from '#domain/quotient.ts';
import { soundTime } from '#domain/sound-time.ts';
import { BotHours } from './bot-hours.ts';
import type { BotRunner } from './bot-runner.ts';
import type { BotChanges, BotRuntime, BotStore, Standing, StoredBot } from './bot-store.ts';
import { EquityWatch, type Holdings } from './equity-watch.ts';
import type { GuardedAccount } from './risk/guarded-account.ts';

/** What executes a bot's orders, and who decides on them. */
export interface BotRun {
  readonly runner: BotRunner;
  readonly account: GuardedAccount;
}

/** One bot as it stands: what the ledger holds of it and, while it runs, its runner. */
export class Bot {
  /** As on disk. */
  runtime: BotRuntime;
  /** As its last step left it, which may wait to be written. */
  #latestRuntime: BotRuntime;
  position: Position;
  /** As decided; on disk with the bot's next step, which is committed at once. */
  standing: Standing;
  /** Null while it does not run, or runs but nothing carries its instrument. */
  run: BotRun | null = null;
  equity: EquityWatch;
  hours: BotHours;
  #config: BotConfig;
  #currency: string;
  readonly #openOrderIds: Set<string>;
  readonly #clock: Clock;

  constructor(
    stored: StoredBot,
    store: Pick<BotStore, 'openOrders' | 'position' | 'equity'>,
    clock: Clock,
  ) {
    const { config, runtime } = stored;
    this.#clock = clock;
    this.#config = config;
    this.#currency = namesOf(config.instrumentId).quote;
    this.runtime = runtime;
    this.#latestRuntime = runtime;
    this.standing = standingOf(runtime);
    this.position =
      store.position(config.id) ?? flatPosition(config.id, config.instrumentId, config.createdTime);
    this.#openOrderIds = new Set(store.openOrders(config.id).map(({ id }) => id));
    const curve = store.equity && { lastPnl: store.equity.lastPnl(config.id) };
    this.equity = new EquityWatch(runtime.performance, this.#holdings(), curve);
    this.hours = new BotHours(config.schedule);
  }

  get id(): string {
    return this.#config.id;
  }

  get config(): BotConfig {
    return this.#config;
  }

  set config(config: BotConfig) {
    if (config.schedule !== this.#config.schedule) this.hours = new BotHours(config.schedule);
    this.#config = config;
    this.#currency = namesOf(config.instrumentId).quote;
    this.equity.hold(this.#holdings());
  }

  /** What its money is in; empty where its instrument does not tell. */
  get currency(): string {
    return this.#currency;
  }

  get openOrderCount(): number {
    return this.run?.account.openOrders.length ?? this.#openOrderIds.size;
  }

  get isFlat(): boolean {
    return decimal(this.run?.account.position.quantity ?? this.position.quantity).eq(ZERO);
  }

  /** The most that it may hold, as its orders stand; in the base currency. */
  get exposedQuantity(): Decimal {
    return this.run?.account.exposedQuantity ?? decimal(this.position.quantity).abs();
  }

  /** While its market tells none: the last that it has seen, else what was paid on average; null where nothing is held. */
  get lastKnownPrice(): number | null {
    const price = this.equity.moment?.price ?? null;
    if (price !== null || decimal(this.position.quantity).eq(ZERO)) return price;
    return quotient(decimal(this.position.cost), decimal(this.position.quantity)).toNumber();
  }

  /** As of this moment, also of what is not on disk yet. */
  currentRuntime(): BotRuntime {
    if (this.run) return this.run.runner.runtime();
    return { ...this.#latestRuntime, ...this.standing, performance: this.equity.performance };
  }

  /** A step has ended so; it is to be written. */
  expect(runtime: BotRuntime): void {
    this.#latestRuntime = runtime;
  }

  /** What was to be written never will be: this is how it stands. */
  fallBackTo(runtime: BotRuntime): void {
    this.runtime = runtime;
    this.#latestRuntime = runtime;
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

  /** After a step that moved cash or position; by which of its fills, if it was one. */
  weigh(fill?: Fill): void {
    const time = fill && soundTime(fill.eventTime, this.#clock.now());
    this.equity.hold(this.#holdings(), time);
  }

  markedPosition(markPrice: number | null): MarkedPosition {
    return { ...this.position, unrealizedPnl: this.#unrealized(markPrice) };
  }

  status(markPrice: number | null): BotStatus {
    const { state, pausedBy, error, reason, cash, fillCount, lastFillTime } = this.runtime;
    const isSilent = state === 'running' && this.run === null;
    const unrealized = this.#unrealized(markPrice);
    const equity = decimal(cash).plus(this.position.cost).plus(unrealized);
    const pnl = toDecimalString(equity.minus(this.#config.initialCash));
    const now = this.#clock.now();
    const performance = performanceAt(this.equity.performance, pnl, now);
    return {
      botId: this.id,
      state: isSilent ? 'silent' : state,
      pausedBy,
      error: isSilent ? `No feed carries ${this.#config.instrumentId}` : error,
      reason,
      equity: toDecimalString(equity),
      cash,
      realizedPnl: this.position.realizedPnl,
      unrealizedPnl: unrealized,
      fees: this.position.fees,
      drawdown: drawdownOf(performance, pnl),
      maxDrawdown: performance.maxDrawdown,
      pnlToday: pnlTodayOf(performance, pnl, now),
      openOrders: this.#openOrderIds.size,
      fillCount,
      lastFillTime,
    };
  }

  view(markPrice: number | null): BotView {
    return {
      config: this.#config,
      status: this.status(markPrice),
      position: this.markedPosition(markPrice),
    };
  }

  #holdings(): Holdings {
    const account = this.run?.account;
    return {
      cash: account ? toDecimalString(account.cash) : this.runtime.cash,
      quantity: account ? account.position.quantity : this.position.quantity,
      paidIn: this.#config.initialCash,
    };
  }

  /** While no price is known it is what it was last known to be: to take it for nothing would tell a loss as none. */
  #unrealized(markPrice: number | null) {
    const price = markPrice ?? this.equity.moment?.price ?? null;
    if (price !== null) return unrealizedPnl(this.position, price);
    const { lastPnl } = this.equity;
    if (lastPnl === null || decimal(this.position.quantity).eq(ZERO)) return toDecimalString(ZERO);
    const { cash } = this.runtime;
    const atCost = decimal(cash).plus(this.position.cost).minus(this.#config.initialCash);
    return toDecimalString(decimal(lastPnl).minus(atCost));
  }
}

const standingOf = ({ state, pausedBy, error, reason, isClosing }: BotRuntime): Standing => ({
  ...{ state, pausedBy, error, reason, isClosing },
});
