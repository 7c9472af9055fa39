import Database from 'better-sqlite3';
import { type Decimal, decimal, ZERO } from '#domain/decimal.ts';

interface NaiveTrade {
  readonly id: string;
  readonly time: Date;
  readonly price: Decimal;
  readonly size: Decimal;
  readonly side: 'buy' | 'sell';
}

/**
 * The obvious way: a row, an object and decimals for each trade, closes in lists, averages summed up
 * anew, the equity of each trade in a list.
 */
export function naiveBacktest(path: string): { fills: number; equity: string } {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare<
    [],
    { id: number; event_time: number; price: number; size: number; sell: number }
  >('SELECT * FROM trade');
  const closes: Decimal[] = [];
  const equities: Decimal[] = [];
  let [cash, held, fills, side] = [decimal(100_000), ZERO, 0, 0];
  let minute = Number.NaN;
  let last: NaiveTrade | null = null;
  const mean = (count: number) =>
    closes
      .slice(-count)
      .reduce((sum, close) => sum.plus(close), ZERO)
      .div(count);
  for (const row of rows.iterate()) {
    const trade: NaiveTrade = {
      ...{ id: String(row.id), time: new Date(row.event_time) },
      ...{ price: decimal(row.price), size: decimal(row.size) },
      side: row.sell ? 'sell' : 'buy',
    };
    const now = Math.floor(trade.time.getTime() / 60_000);
    if (now !== minute && last) {
      closes.push(last.price);
      if (closes.length > 30) {
        const next = mean(10).gt(mean(30)) ? 1 : -1;
        if (side !== 0 && next !== side && (next > 0 || held.gt(0))) {
          const quantity = decimal(0.01).times(next);
          const value = quantity.times(trade.price);
          cash = cash.minus(value).minus(value.abs().times(decimal(0.0005)));
          held = held.plus(quantity);
          fills += 1;
        }
        side = next;
      }
    }
    minute = now;
    last = trade;
    equities.push(cash.plus(held.times(trade.price)));
    if (equities.length > 100_000) equities.splice(0, 50_000);
  }
  database.close();
  return { fills, equity: (equities.at(-1) ?? cash).toFixed() };
}
