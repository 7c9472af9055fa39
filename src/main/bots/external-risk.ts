import type { Clock } from '#domain/clock.ts';
import { type Decimal, decimal, ZERO } from '#domain/decimal.ts';
import { namesOf } from '#domain/instrument.ts';
import type { ExternalBot, MarkPrice } from './external-bot.ts';
import { NOTHING_ELSEWHERE, type RiskElsewhere } from './risk/risk-elsewhere.ts';

/** There may be a thousand of them, and each order of any bot asks. */
const GOOD_FOR_MS = 250;

export interface ExternalRiskOptions {
  readonly clock: Clock;
  readonly bots: () => Iterable<ExternalBot>;
  readonly markPrice: MarkPrice;
}

/** What bots that run elsewhere hold and have lost, as they report it and the market values it, by currency. */
export class ExternalRisk {
  readonly #options: ExternalRiskOptions;
  #sums = new Map<string, RiskElsewhere>();
  #goodFrom = Number.POSITIVE_INFINITY;

  constructor(options: ExternalRiskOptions) {
    this.#options = options;
  }

  of(currency: string): RiskElsewhere {
    const now = this.#options.clock.now();
    if (now < this.#goodFrom || now >= this.#goodFrom + GOOD_FOR_MS) {
      this.#goodFrom = now;
      this.#sums = this.#look();
    }
    return this.#sums.get(currency) ?? NOTHING_ELSEWHERE;
  }

  #look(): Map<string, RiskElsewhere> {
    const { bots, clock, markPrice } = this.#options;
    const sums = new Map<string, RiskElsewhere>();
    const add = (currency: string, more: Partial<RiskElsewhere>): void => {
      const { positionValue, openOrders, lossToday } = sums.get(currency) ?? NOTHING_ELSEWHERE;
      sums.set(currency, {
        positionValue: positionValue.plus(more.positionValue ?? ZERO),
        openOrders: openOrders + (more.openOrders ?? 0),
        lossToday: lossToday + (more.lossToday ?? 0),
      });
    };
    for (const bot of bots()) {
      if (bot.config.archivedTime !== null) continue;
      const { openOrders, pnlToday } = bot.status(clock.now());
      add(bot.currency, { openOrders, lossToday: -Number(pnlToday) });
      for (const { instrumentId, quantity, cost } of bot.positions(markPrice)) {
        const positionValue = valueAt(decimal(quantity), markPrice(instrumentId)) ?? decimal(cost);
        add(namesOf(instrumentId).quote, { positionValue: positionValue.abs() });
      }
    }
    return sums;
  }
}

const valueAt = (quantity: Decimal, price: number | null): Decimal | null =>
  price === null ? null : quantity.times(decimal(price));
