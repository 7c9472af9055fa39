import type { BotView } from '#contract/requests.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import type { Clock } from '#domain/clock.ts';
import { type Decimal, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { FleetDrawdown, type FleetRecord, NEW_FLEET } from './fleet-drawdown.ts';

/** Seldom enough to cost nothing; what a crash loses of the best and the worst is no older. */
const KEPT_EVERY_MS = 5_000;

/** Where it is kept how far all bots together have been, by currency; empty where that is not known. */
export interface FleetRecordStore {
  load(): Readonly<Record<string, FleetRecord>>;
  save(records: Readonly<Record<string, FleetRecord>>): void;
}

export interface FleetBalanceOptions {
  readonly bots: () => readonly BotView[];
  /** What is to be kept could not be written. */
  readonly onFault: (fault: unknown) => void;
  /** What an instrument's money is in, null where that is not known. */
  readonly currencyOf: (id: InstrumentId) => string | null;
  readonly clock: Clock;
  readonly store: FleetRecordStore;
}

/** All bots together, by currency, with the drawdown that they had together. */
export class FleetBalance {
  readonly #options: FleetBalanceOptions;
  readonly #drawdowns = new Map<string, FleetDrawdown>();
  #isChanged = false;
  /** So that a disk that stays full is told of once. */
  #hasFailed = false;
  #keptTime = Number.NEGATIVE_INFINITY;

  constructor(options: FleetBalanceOptions) {
    this.#options = options;
    for (const [currency, record] of Object.entries(options.store.load())) {
      this.#drawdowns.set(currency, new FleetDrawdown(record));
    }
  }

  /** As they stand now; those without a currency last. To be asked often: it sees no more than that. */
  look(): readonly CurrencyBalance[] {
    const { bots, currencyOf } = this.#options;
    const byCurrency = Map.groupBy(bots(), ({ config }) => currencyOf(config.instrumentId));
    const balances = [...byCurrency].map(([currency, group]) => {
      const { drawdown, maxDrawdown } = this.#drawdownOf(currency ?? '', group);
      return { currency, ...totalsOf(group), drawdown, maxDrawdown, bots: group.length };
    });
    this.#keep();
    return balances.sort(
      (a, b) => Number(a.currency === null) - Number(b.currency === null) || compare(a, b),
    );
  }

  dispose(): void {
    this.#keptTime = Number.NEGATIVE_INFINITY;
    this.#keep();
  }

  #drawdownOf(currency: string, group: readonly BotView[]): FleetDrawdown {
    const drawdown = this.#drawdowns.get(currency) ?? new FleetDrawdown(NEW_FLEET);
    this.#drawdowns.set(currency, drawdown);
    const members = group.map(({ config: { id, initialCash }, status }) => {
      const pnl = decimal(status.equity).minus(initialCash);
      return [id, toDecimalString(pnl)] as const;
    });
    if (drawdown.see(Object.fromEntries(members), this.#options.clock.now())) {
      this.#isChanged = true;
    }
    return drawdown;
  }

  #keep(): void {
    const now = this.#options.clock.now();
    if (!this.#isChanged || Math.abs(now - this.#keptTime) < KEPT_EVERY_MS) return;
    this.#keptTime = now;
    const records = [...this.#drawdowns].map(([currency, { record }]) => [currency, record]);
    try {
      this.#options.store.save(Object.fromEntries(records));
      this.#isChanged = false;
      this.#hasFailed = false;
    } catch (fault) {
      // They are tried again; nobody's money hangs on them meanwhile.
      if (!this.#hasFailed) this.#options.onFault(fault);
      this.#hasFailed = true;
    }
  }
}

const compare = (a: CurrencyBalance, b: CurrencyBalance): number =>
  (a.currency ?? '').localeCompare(b.currency ?? '');

const MONEY = ['cash', 'equity', 'realizedPnl', 'unrealizedPnl', 'fees', 'pnlToday'] as const;

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
    pnlToday: total('pnlToday'),
  };
}
