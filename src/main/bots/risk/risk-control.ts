import type { RequestParams } from '#contract/requests.ts';
import type { RiskView } from '#contract/risk-requests.ts';
import type { Clock } from '#domain/clock.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Bot } from '../bot.ts';
import type { BotLifecycle } from '../bot-lifecycle.ts';
import type { RiskDesk } from './risk-desk.ts';

export interface RiskControlOptions {
  readonly desk: RiskDesk;
  readonly lifecycle: BotLifecycle;
  readonly bots: () => Iterable<Bot>;
  readonly clock: Clock;
}

/** Enough for any currency: the sums are made of floating-point figures. */
const DECIMALS = 8;

/** What the user sees of the risk of all bots, and the switch in his hand. */
export class RiskControl {
  readonly #options: RiskControlOptions;
  readonly #killedListeners = new Set<() => void>();

  constructor(options: RiskControlOptions) {
    this.#options = options;
  }

  get isKilled(): boolean {
    return this.#options.desk.kill !== null;
  }

  /** Told once the switch is on disk and the bots that run here are stopped. */
  onKilled(listener: () => void): void {
    this.#killedListeners.add(listener);
  }

  view(): RiskView {
    const { desk, bots, clock } = this.#options;
    const names = new Set([...bots()].map(({ currency }) => currency).concat(desk.currencies()));
    names.delete('');
    const currencies = [...names].sort().map((currency) => ({
      currency,
      limits: desk.limitsOf(currency) ?? null,
      positionValue: toDecimalString(desk.exposureOf(currency)),
      openOrders: desk.openOrdersOf(currency),
      ordersLastMinute: desk.ordersLastMinuteOf(currency, clock.now()),
      pnlToday: toDecimalString(decimal(-desk.lossTodayOf(currency)).round(DECIMALS)),
    }));
    return { killSwitch: desk.kill, currencies };
  }

  /** Throws where it could not be kept: everything is stopped all the same. */
  kill({ flatten, reason }: RequestParams<'risk.kill'>): RiskView {
    const { lifecycle, clock } = this.#options;
    try {
      lifecycle.kill({ flatten, reason, engagedTime: clock.now() });
    } finally {
      for (const listener of this.#killedListeners) listener();
    }
    return this.view();
  }

  release(): RiskView {
    this.#options.lifecycle.release();
    return this.view();
  }

  setLimits({ currency, limits }: RequestParams<'risk.setLimits'>): RiskView {
    this.#options.desk.setLimits(currency, limits);
    return this.view();
  }

  /** Of all bots together, as the settings now have them. */
  onLimitsChanged(): void {
    this.#options.desk.reread();
  }
}
