import Database from 'better-sqlite3';
import type { MarketEvent } from '#domain/market-event.ts';
import type { OrderDraft } from '#domain/order.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { BotEngine } from '#main/bots/bot-engine.ts';
import { Holdings } from '#main/execution/holdings.ts';
import { PaperBroker } from '#main/execution/paper-broker.ts';
import { Histogram } from '../../hub/clients/histogram.ts';
import { monotonicMs } from './monotonic.ts';

/**
 * Watches a monitor from outside, by standing before the functions that trades, orders, fills and
 * commits go through. What it measures is the same as without it, but for a few clock readings.
 */
export class Probe {
  readonly engineToOrder = new Histogram();
  readonly feedToOrder = new Histogram();
  /** Begin and end of each of the ledger's transactions, its statements left out: the flush to disk. */
  readonly flush = new Histogram();
  readonly transaction = new Histogram();
  /** When each fill was decided on, monotonic milliseconds. */
  readonly decided = new Map<string, number>();
  readonly #sentAt: (trade: Trade) => number;

  constructor(sentAt: (trade: Trade) => number) {
    this.#sentAt = sentAt;
    this.#watchOrders();
    this.#watchFills();
    this.#watchCommits();
  }

  /** What was measured so far was warming up. */
  reset(): void {
    for (const one of [this.engineToOrder, this.feedToOrder, this.flush, this.transaction]) {
      one.reset();
    }
    this.decided.clear();
  }

  #watchOrders(): void {
    let event: MarketEvent | null = null;
    let heardMs = 0;
    const { onEvent } = BotEngine.prototype;
    BotEngine.prototype.onEvent = function (this: BotEngine, given: MarketEvent) {
      event = given;
      heardMs = monotonicMs();
      onEvent.call(this, given);
      event = null;
    };
    const note = () => {
      if (event?.kind !== 'trade') return;
      const now = monotonicMs();
      this.engineToOrder.add(now - heardMs);
      this.feedToOrder.add(now - this.#sentAt(event.trade));
    };
    const { place } = PaperBroker.prototype;
    PaperBroker.prototype.place = function (this: PaperBroker, draft: OrderDraft, time: EpochMs) {
      note();
      return place.call(this, draft, time);
    };
  }

  #watchFills(): void {
    const { decided } = this;
    const { execute } = Holdings.prototype;
    Holdings.prototype.execute = function (
      this: Holdings,
      ...given: Parameters<Holdings['execute']>
    ) {
      const executed = execute.apply(this, given);
      decided.set(executed.fill.id, monotonicMs());
      return executed;
    };
  }

  #watchCommits(): void {
    const { flush, transaction } = this;
    const make = Database.prototype.transaction;
    type Work = Parameters<typeof make>[0];
    const watched = function (this: Database.Database, work: Work) {
      let workedMs = 0;
      const made = make.call(this, (...given: unknown[]) => {
        const begunMs = monotonicMs();
        try {
          return work(...given);
        } finally {
          workedMs = monotonicMs() - begunMs;
        }
      });
      if (!this.name.endsWith('ledger.db')) return made;
      const immediate = (...given: unknown[]) => {
        const isOutermost = !this.inTransaction;
        const begunMs = monotonicMs();
        const result: unknown = made.immediate(...given);
        if (isOutermost) {
          const tookMs = monotonicMs() - begunMs;
          transaction.add(tookMs);
          flush.add(tookMs - workedMs);
        }
        return result;
      };
      return Object.assign((...given: unknown[]) => made(...given), { immediate });
    };
    Object.assign(Database.prototype, { transaction: watched });
  }
}
