import type { Clock } from '#domain/clock.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import type { OrderDraft } from '#domain/order.ts';
import { NO_LIMITS, type RiskLimits } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot } from '../bot.ts';
import type { AccountHoldings } from './exposure.ts';
import type { OrderGate } from './guarded-account.ts';
import { type OrderPlace, refusalByLimits } from './order-limits.ts';
import { OrderRate } from './order-rate.ts';
import { NOTHING_ELSEWHERE, type RiskElsewhere } from './risk-elsewhere.ts';

/** So many orders over the rate within a minute are no burst: the strategy orders in a loop. */
const LOOPING_REFUSALS = 100;

export interface KillState {
  readonly engagedTime: EpochMs;
  readonly reason: string;
  /** Positions are closed as well. */
  readonly flatten: boolean;
}

/** Where the switch and the limits of all bots together are kept. */
export interface RiskStore {
  killState(): KillState | null;
  saveKillState(state: KillState | null): void;
  /** By quote currency. */
  globalLimits(): Readonly<Record<string, RiskLimits>>;
  saveGlobalLimits(limits: Readonly<Record<string, RiskLimits>>): void;
}

/** When a bot sent orders within the last minute, and was refused some for their number. */
export interface OrderTimes {
  readonly sent: readonly EpochMs[];
  readonly refused: readonly EpochMs[];
}

export interface RiskDeskOptions {
  readonly store: RiskStore;
  readonly clock: Clock;
  readonly bots: () => Iterable<Bot>;
  readonly markPrice: (bot: Bot) => number | null;
  /** Of bots that only report here, by currency; left out where there are none. */
  readonly elsewhere?: (currency: string) => RiskElsewhere;
}

/** Rule X3: what each bot may do, and all of one currency together, and the switch that ends it. */
export class RiskDesk {
  readonly #options: RiskDeskOptions;
  #kill: KillState | null;
  #globalLimits: Readonly<Record<string, RiskLimits>>;
  readonly #globalRates = new Map<string, OrderRate>();
  readonly #rates = new WeakMap<Bot, { readonly sent: OrderRate; readonly refused: OrderRate }>();

  constructor(options: RiskDeskOptions) {
    this.#options = options;
    this.#kill = options.store.killState();
    this.#globalLimits = options.store.globalLimits();
  }

  get kill(): KillState | null {
    return this.#kill;
  }

  /** It is on disk when this returns. Where that fails, one that was to be engaged is, all the same. */
  setKill(state: KillState | null): void {
    if (state) this.#kill = state;
    this.#options.store.saveKillState(state);
    this.#kill = state;
  }

  reread(): void {
    this.#globalLimits = this.#options.store.globalLimits();
  }

  /** Null ends them; else what is not named stays. They are on disk when this returns. */
  setLimits(currency: string, changes: Partial<RiskLimits> | null): void {
    const { [currency]: before = NO_LIMITS, ...others } = this.#globalLimits;
    const next = changes === null ? others : { ...others, [currency]: { ...before, ...changes } };
    this.#options.store.saveGlobalLimits(next);
    this.#globalLimits = next;
  }

  limitsOf(currency: string): RiskLimits | undefined {
    return this.#globalLimits[currency];
  }

  currencies(): readonly string[] {
    return Object.keys(this.#globalLimits);
  }

  orderTimesOf(bot: Bot): OrderTimes {
    const { sent, refused } = this.#rates.get(bot) ?? {};
    return { sent: [...(sent?.times ?? [])], refused: [...(refused?.times ?? [])] };
  }

  /** What the orders of a bot that runs have to pass; `before` it went on from some moment. */
  gateOf(bot: Bot, before: OrderTimes = NO_ORDERS): OrderGate {
    const rate = new OrderRate(before.sent);
    const overRate = new OrderRate(before.refused);
    this.#rates.set(bot, { sent: rate, refused: overRate });
    return (draft, holdings, time, isHeld = false) => {
      const markPrice = this.#options.markPrice(bot);
      const refusal =
        this.#refusalByState(bot, draft, isHeld) ??
        refusalByLimits(draft, bot.config.limits, {
          ...{ holdings, markPrice, currency: bot.currency, elsewhere: () => ZERO },
          ...{ openOrders: holdings.openOrders.length, ordersLastMinute: rate.countAt(time) },
        }) ??
        this.#refusalByAll(bot, holdings, time, (limits, place) =>
          refusalByLimits(draft, limits, { ...place, holdings, markPrice }, 'global '),
        );
      if (refusal === undefined) {
        rate.note(time);
        this.#rateOf(bot.currency).note(time);
        return undefined;
      }
      const { maxOrdersPerMinute } = bot.config.limits;
      if (maxOrdersPerMinute !== null && rate.countAt(time) >= maxOrdersPerMinute) {
        overRate.note(time);
        if (overRate.countAt(time) > LOOPING_REFUSALS) {
          throw new Error(`The strategy orders in a loop: ${refusal}`);
        }
      }
      return refusal;
    };
  }

  /** What all bots of a currency hold together, as their orders stand. */
  exposureOf(currency: string, except: Bot | null = null): Decimal {
    let sum = this.#elsewhere(currency).positionValue;
    for (const bot of this.#options.bots()) {
      if (bot === except || bot.currency !== currency) continue;
      const price = this.#options.markPrice(bot) ?? bot.lastKnownPrice;
      if (price !== null) sum = sum.plus(bot.exposedQuantity.times(decimal(price).abs()));
    }
    return sum;
  }

  #refusalByState(
    { standing }: Bot,
    { reduceOnly }: OrderDraft,
    isHeld: boolean,
  ): string | undefined {
    if (this.#kill && !reduceOnly) return `the kill switch is engaged: ${this.#kill.reason}`;
    if (isHeld && standing.pausedBy === 'feed') return undefined;
    return standing.state === 'paused' ? `the bot is paused: ${standing.reason}` : undefined;
  }

  /** `holdings`: of the bot, without an order that is only moved. */
  #refusalByAll(
    bot: Bot,
    holdings: AccountHoldings,
    time: EpochMs,
    check: (
      limits: RiskLimits,
      place: Omit<OrderPlace, 'holdings' | 'markPrice'>,
    ) => string | undefined,
  ): string | undefined {
    const { currency } = bot;
    const limits = this.#globalLimits[currency];
    if (!limits) return undefined;
    return check(limits, {
      currency,
      elsewhere: () => this.exposureOf(currency, bot),
      openOrders: this.openOrdersOf(currency) - bot.openOrderCount + holdings.openOrders.length,
      ordersLastMinute: this.#rateOf(currency).countAt(time),
    });
  }

  openOrdersOf(currency: string): number {
    let count = this.#elsewhere(currency).openOrders;
    for (const bot of this.#options.bots()) {
      if (bot.currency === currency) count += bot.openOrderCount;
    }
    return count;
  }

  /** Lost today by all bots of a currency together; negative where they won. */
  lossTodayOf(currency: string): number {
    const now = this.#options.clock.now();
    let loss = this.#elsewhere(currency).lossToday;
    for (const bot of this.#options.bots()) {
      if (bot.currency === currency) loss += bot.equity.roughLossAt(now);
    }
    return loss;
  }

  ordersLastMinuteOf(currency: string, time: EpochMs): number {
    return this.#rateOf(currency).countAt(time);
  }

  /** In words, where a bot has lost what it may lose in a day. */
  dailyLossOf(bot: Bot): string | undefined {
    const { maxDailyLoss } = bot.config.limits;
    const loss = bot.equity.roughLossAt(this.#options.clock.now());
    if (maxDailyLoss === null || loss < Number(maxDailyLoss)) return undefined;
    return `max daily loss: ${told(loss, maxDailyLoss)} ${bot.currency} lost since midnight UTC, of ${maxDailyLoss} allowed`;
  }

  globalDailyLossOf(currency: string): string | undefined {
    const most = this.#globalLimits[currency]?.maxDailyLoss ?? null;
    if (most === null) return undefined;
    const loss = this.lossTodayOf(currency);
    if (loss < Number(most)) return undefined;
    return `global max daily loss: ${told(loss, most)} ${currency} lost since midnight UTC, of ${most} allowed`;
  }

  #elsewhere(currency: string): RiskElsewhere {
    return this.#options.elsewhere?.(currency) ?? NOTHING_ELSEWHERE;
  }

  #rateOf(currency: string): OrderRate {
    const rate = this.#globalRates.get(currency) ?? new OrderRate();
    this.#globalRates.set(currency, rate);
    return rate;
  }
}

const NO_ORDERS: OrderTimes = { sent: [], refused: [] };
/** Told to the hundredth of what is allowed, and to the cent at least: a loss in BTC is far below a cent. */
function told(loss: number, allowed: DecimalString): string {
  const decimals = Math.max(2, 2 - decimal(allowed).e);
  return toDecimalString(decimal(loss).round(decimals));
}
