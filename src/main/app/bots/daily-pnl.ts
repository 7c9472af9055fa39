import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DayPnl } from '#contract/pnl-requests.ts';
import type { BotView } from '#contract/requests.ts';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import { namesOf } from '#domain/instrument.ts';
import { type LocalDay, lastDays } from '#domain/local-day.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Ledger } from '#main/storage/ledger.ts';

export interface DailyPnlQuery {
  readonly now: EpochMs;
  readonly days: number;
  /** IANA; a name that is known. */
  readonly timeZone: string;
}

/** What bots won and lost on each of the last days, from the ledger: newest first, by currency. */
export async function dailyPnl(
  bots: readonly BotView[],
  ledger: Pick<Ledger, 'fills' | 'equity'>,
  { now, days, timeZone }: DailyPnlQuery,
): Promise<readonly DayPnl[]> {
  const range = lastDays(now, days, timeZone);
  const sums = new Map<string, DaySums>();
  const of = (currency: string) => {
    const known = sums.get(currency) ?? new DaySums(range, currency);
    sums.set(currency, known);
    return known;
  };
  for (const bot of bots) {
    addFills(bot, ledger, range, of);
    addEquity(bot, ledger, range, of);
    await nextTurn();
  }
  const currencies = [...sums.keys()].sort();
  return range.flatMap((_, index) => currencies.map((currency) => of(currency).row(index)));
}

/** One currency's days. */
class DaySums {
  readonly #days: readonly LocalDay[];
  readonly #currency: string;
  readonly #pnl: (Decimal | null)[];
  readonly #realized: Decimal[];
  readonly #fees: Decimal[];
  readonly #fills: number[];

  constructor(days: readonly LocalDay[], currency: string) {
    this.#days = days;
    this.#currency = currency;
    this.#pnl = days.map(() => null);
    this.#realized = days.map(() => ZERO);
    this.#fees = days.map(() => ZERO);
    this.#fills = days.map(() => 0);
  }

  addPnl(index: number, pnl: Decimal): void {
    this.#pnl[index] = (this.#pnl[index] ?? ZERO).plus(pnl);
  }

  addFill(index: number, realized: DecimalString): void {
    this.#realized[index] = (this.#realized[index] ?? ZERO).plus(realized);
    this.#fills[index] = (this.#fills[index] ?? 0) + 1;
  }

  addFee(index: number, fee: DecimalString): void {
    this.#fees[index] = (this.#fees[index] ?? ZERO).plus(fee);
  }

  row(index: number): DayPnl {
    const pnl = this.#pnl[index] ?? null;
    const day = this.#days[index];
    return {
      ...{ date: day?.date ?? '', fromTime: day?.fromTime ?? (0 as EpochMs) },
      currency: this.#currency,
      pnl: pnl && toDecimalString(pnl),
      realizedPnl: toDecimalString(this.#realized[index] ?? ZERO),
      fees: toDecimalString(this.#fees[index] ?? ZERO),
      fills: this.#fills[index] ?? 0,
    };
  }
}

type Sums = (currency: string) => DaySums;

function addFills(
  { config }: BotView,
  { fills }: Pick<Ledger, 'fills'>,
  days: readonly LocalDay[],
  of: Sums,
): void {
  const [newest, oldest] = [days[0], days.at(-1)];
  if (!newest || !oldest) return;
  const range = { fromTime: oldest.fromTime, toTime: newest.toTime };
  let index = days.length - 1;
  // Oldest first, as the days are gone through backwards.
  for (const fill of fills.between(config.id, range)) {
    while (index > 0 && fill.eventTime >= (days[index]?.toTime ?? 0)) index -= 1;
    of(namesOf(fill.instrumentId).quote).addFill(index, fill.realizedPnl);
    of(fill.feeCurrency).addFee(index, fill.fee);
  }
}

/** Between the last points of its curve before each day's ends; today's end is now. */
function addEquity(
  { config, status }: BotView,
  { equity }: Pick<Ledger, 'equity'>,
  days: readonly LocalDay[],
  of: Sums,
): void {
  const sums = of(namesOf(config.instrumentId).quote);
  const beginning = beginningOf(config, equity);
  if (beginning === null) return;
  let end: Decimal = decimal(status.equity).minus(config.initialCash);
  for (const [index, day] of days.entries()) {
    if (beginning.time >= day.toTime) break;
    const start = decimal(equity.pnlBefore(config.id, day.fromTime) ?? beginning.pnl);
    sums.addPnl(index, end.minus(start));
    end = start;
  }
}

/**
 * When a bot began, and what it had won by then. One that runs elsewhere has all its equity for profit, so
 * it begins with what it first told of; null where it never did.
 */
function beginningOf(
  { id, strategy, createdTime }: BotView['config'],
  equity: Ledger['equity'],
): { readonly time: EpochMs; readonly pnl: DecimalString } | null {
  if (strategy !== EXTERNAL_STRATEGY) return { time: createdTime, pnl: toDecimalString(ZERO) };
  const first = equity.times(id)?.first;
  if (first === undefined) return null;
  const [point] = equity.list(id, { fromTime: first, toTime: (first + 1) as EpochMs });
  return point ?? null;
}
