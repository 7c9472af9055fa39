import type { Publishable } from '#contract/publications.ts';
import type { BotView } from '#contract/requests.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { TimerClock } from '#domain/clock.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';

const WINDOW_MS = 500;

export interface BalanceReporterOptions {
  readonly userId: string;
  readonly clock: TimerClock;
  readonly bots: () => readonly BotView[];
  /** What an instrument's money is in, null where that is not known. */
  readonly currencyOf: (id: InstrumentId) => string | null;
  readonly publish: (item: Publishable) => void;
}

/** Adds up a user's bots, some time after any of them changed. */
export class BalanceReporter {
  readonly #options: BalanceReporterOptions;
  #cancel: (() => void) | undefined;

  constructor(options: BalanceReporterOptions) {
    this.#options = options;
  }

  /** A bot's money may have changed. */
  note(): void {
    this.#cancel ??= this.#options.clock.setTimeout(() => {
      this.#cancel = undefined;
      this.#report();
    }, WINDOW_MS);
  }

  dispose(): void {
    this.#cancel?.();
  }

  #report(): void {
    const { userId, bots, currencyOf, publish } = this.#options;
    publish({ of: 'balance', userId, balances: balancesOf(bots(), currencyOf) });
  }
}

const MONEY = ['cash', 'equity', 'realizedPnl', 'unrealizedPnl', 'fees'] as const;

/** By currency, those without one last. */
export function balancesOf(
  bots: readonly BotView[],
  currencyOf: BalanceReporterOptions['currencyOf'],
): CurrencyBalance[] {
  const byCurrency = Map.groupBy(bots, ({ config }) => currencyOf(config.instrumentId));
  return [...byCurrency]
    .map(([currency, group]) => ({ currency, ...totalsOf(group), bots: group.length }))
    .sort((a, b) => Number(a.currency === null) - Number(b.currency === null) || compare(a, b));
}

const compare = (a: CurrencyBalance, b: CurrencyBalance): number =>
  (a.currency ?? '').localeCompare(b.currency ?? '');

function totalsOf(group: readonly BotView[]): Pick<CurrencyBalance, (typeof MONEY)[number]> {
  const total = (field: (typeof MONEY)[number]) =>
    toDecimalString(
      group.reduce<Decimal>((sum, { status }) => sum.plus(decimal(status[field])), ZERO),
    );
  return {
    cash: total('cash'),
    equity: total('equity'),
    realizedPnl: total('realizedPnl'),
    unrealizedPnl: total('unrealizedPnl'),
    fees: total('fees'),
  };
}
