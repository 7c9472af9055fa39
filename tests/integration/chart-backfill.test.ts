import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflationKeyOf, type Publishable } from '#contract/publications.ts';
import { CANDLE_INTERVALS, type Candle, type CandleInterval } from '#domain/candle.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { InstrumentMarket } from '#main/market/instrument-market.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { CandleHistory } from '#renderer/features/chart/bars/candle-history.ts';

const ID: InstrumentId = instrumentId('demo', 'BTC/USDT');
const START = Date.UTC(2024, 2, 1);
const LOADED = 500;

function trade(time: number, price: number, size: number): Trade {
  return {
    ...{ instrumentId: ID, id: String(time), price: price as Price, size: size as Size },
    aggressorSide: 'buy',
    ...{ eventTime: (START + time) as EpochMs, receivedTime: (START + time) as EpochMs },
  };
}

/** What reaches a chart of the market's candles: of those that share a key the newest, in order. */
class Screen {
  readonly history: CandleHistory;
  readonly changes: string[] = [];
  readonly #pending = new Map<unknown, Candle>();

  constructor(market: InstrumentMarket, interval: CandleInterval) {
    this.history = new CandleHistory(interval);
    this.history.start(market.candles(interval, LOADED), []);
  }

  publish(item: Extract<Publishable, { of: 'candle' }>): void {
    const key = conflationKeyOf(item);
    this.#pending.delete(key);
    this.#pending.set(key, item.candle);
  }

  flush(): void {
    for (const candle of this.#pending.values()) this.changes.push(this.history.apply(candle));
    this.#pending.clear();
  }
}

const step = fc.record({
  waitMs: fc.nat(90_000),
  price: fc.integer({ min: 90, max: 110 }),
  size: fc.integer({ min: 1, max: 9 }),
  isFlushed: fc.boolean(),
});

describe('the chart under a backfill', () => {
  it('[B6] shows the candles that the market has, however its pushes are conflated, and never begins anew', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 60 }),
        ...[fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60)],
        (steps, opened, one, other, filled) => {
          const screens = new Map<CandleInterval, Screen>();
          const show = (item: Publishable) => {
            if (item.of === 'candle') screens.get(item.interval)?.publish(item);
          };
          const market = new InstrumentMarket(ID, tellAtOnce(show));
          let time = 0;
          const trades = steps.map(({ waitMs, price, size }) => {
            time += waitMs + 1;
            return trade(time, price, size);
          });
          const from = 1 + Math.min(one, other);
          const to = 1 + Math.max(one, other);
          const times = { fromTime: START as EpochMs, toTime: (START + 1) as EpochMs };
          const fill: MarketEvent = {
            ...{ kind: 'backfill', instrumentId: ID, isComplete: true, ...times },
            trades: trades.slice(from, to),
          };
          for (const [index, each] of trades.entries()) {
            if (index === from) {
              market.apply({ kind: 'gap', instrumentId: ID, reason: 'the line dropped', ...times });
            }
            if (index < from || index >= to) market.apply({ kind: 'trade', trade: each });
            if (index === Math.min(opened, trades.length - 1)) {
              for (const interval of CANDLE_INTERVALS) {
                screens.set(interval, new Screen(market, interval));
              }
            }
            if (index === Math.max(to, filled)) market.apply(fill);
            if (steps[index]?.isFlushed) for (const screen of screens.values()) screen.flush();
          }
          market.apply(fill);
          for (const [interval, screen] of screens) {
            screen.flush();
            const { first } = screen.history;
            const known = market.candles(interval, LOADED);
            expect(screen.history.candles).toEqual(
              known.filter(({ openTime }) => openTime >= (first?.openTime ?? 0)),
            );
            expect(screen.changes).not.toContain('restarted');
            expect(screen.changes).not.toContain('rejected');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
