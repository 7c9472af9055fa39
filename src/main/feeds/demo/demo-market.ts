import type { MarketEvent } from '#domain/market-event.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { DemoInstrument } from './demo-instruments.ts';
import { diffSide, type Ladder, LadderPath, type LadderSide } from './ladder.ts';
import { PricePath } from './price-path.ts';
import { subSeed } from './random.ts';
import { STEP_MS, TouchPath } from './touch.ts';
import { type FlowTrade, TradeFlow } from './trade-flow.ts';

/** An event and the moment that it happened on the demo exchange. */
export interface TimedEvent {
  readonly time: number;
  readonly event: MarketEvent;
}

/** One instrument of the demo exchange: a pure function of seed, instrument and absolute time. */
export class DemoMarket {
  readonly spec: DemoInstrument;
  readonly flow: TradeFlow;
  readonly #ladders: LadderPath;
  /** The last ladder made, since the next delta needs it as what went before. */
  #step = Number.NaN;
  #ladder: Ladder | null = null;

  constructor(seed: number, spec: DemoInstrument) {
    const ownSeed = subSeed(seed, spec.instrument.id);
    const path = new PricePath(ownSeed, spec.basePrice, spec.relativeVolatility);
    const touches = new TouchPath(ownSeed, path, spec.priceScale);
    this.spec = spec;
    this.flow = new TradeFlow(ownSeed, spec, path, touches);
    this.#ladders = new LadderPath(ownSeed, spec, touches);
  }

  /** Book and quote as they stand at `time`: what a connection begins with. */
  opening(time: number, receivedTime: EpochMs): readonly TimedEvent[] {
    const step = Math.floor(time / STEP_MS);
    const { bids, asks } = this.#ladderAt(step);
    const eventTime = (step * STEP_MS) as EpochMs;
    const instrumentId = this.spec.instrument.id;
    const snapshot = {
      instrumentId,
      bids: this.#levels(sideLevels(bids)),
      asks: this.#levels(sideLevels(asks)),
      sequence: step,
      eventTime,
      receivedTime,
    };
    return [
      { time: eventTime, event: { kind: 'bookSnapshot', snapshot } },
      { time: eventTime, event: this.#quote(step, receivedTime) },
    ];
  }

  /** Everything that happens after `fromTime`, up to and including `toTime`, in order. */
  eventsBetween(fromTime: number, toTime: number, receivedTime: EpochMs): readonly TimedEvent[] {
    const events: TimedEvent[] = [];
    const lastStep = Math.floor(toTime / STEP_MS);
    for (let step = Math.floor(fromTime / STEP_MS) + 1; step <= lastStep; step++) {
      this.#pushBookChange(events, step, receivedTime);
    }
    const lastSecond = Math.floor(toTime / 1_000);
    for (let second = Math.floor((fromTime + 1) / 1_000); second <= lastSecond; second++) {
      for (const trade of this.flow.tradesOfSecond(second)) {
        if (trade.time <= fromTime || trade.time > toTime) continue;
        const event = { kind: 'trade', trade: this.trade(trade, receivedTime) } as const;
        events.push({ time: trade.time, event });
      }
    }
    return events.sort((a, b) => a.time - b.time);
  }

  trade(trade: FlowTrade, receivedTime: EpochMs): Trade {
    return {
      instrumentId: this.spec.instrument.id,
      id: String(trade.id),
      price: (trade.price / this.spec.priceScale) as Price,
      size: (trade.size / this.spec.sizeScale) as Size,
      aggressorSide: trade.isBuy ? 'buy' : 'sell',
      eventTime: trade.time as EpochMs,
      receivedTime,
    };
  }

  #pushBookChange(events: TimedEvent[], step: number, receivedTime: EpochMs): void {
    const before = this.#ladderAt(step - 1);
    const after = this.#ladderAt(step);
    const bids = diffSide(before.bids, after.bids);
    const asks = diffSide(before.asks, after.asks);
    if (bids.length + asks.length === 0) return;
    const time = (step * STEP_MS) as EpochMs;
    const delta = {
      instrumentId: this.spec.instrument.id,
      bids: this.#levels(bids),
      asks: this.#levels(asks),
      sequence: step,
      eventTime: time,
      receivedTime,
    };
    events.push({ time, event: { kind: 'bookDelta', delta } });
    if (!hasSameTop(before.bids, after.bids) || !hasSameTop(before.asks, after.asks)) {
      events.push({ time, event: this.#quote(step, receivedTime) });
    }
  }

  #quote(step: number, receivedTime: EpochMs): MarketEvent {
    const { bids, asks } = this.#ladderAt(step);
    const { priceScale, sizeScale, instrument } = this.spec;
    const quote = {
      instrumentId: instrument.id,
      bidPrice: ((bids.prices[0] ?? 0) / priceScale) as Price,
      bidSize: ((bids.sizes[0] ?? 0) / sizeScale) as Size,
      askPrice: ((asks.prices[0] ?? 0) / priceScale) as Price,
      askSize: ((asks.sizes[0] ?? 0) / sizeScale) as Size,
      eventTime: (step * STEP_MS) as EpochMs,
      receivedTime,
    };
    return { kind: 'quote', quote };
  }

  #levels(levels: readonly (readonly [number, number])[]): readonly BookLevel[] {
    const { priceScale, sizeScale } = this.spec;
    return levels.map(([price, size]) => [price / priceScale, size / sizeScale]);
  }

  #ladderAt(step: number): Ladder {
    if (this.#ladder === null || step !== this.#step) {
      this.#ladder = this.#ladders.at(step);
      this.#step = step;
    }
    return this.#ladder;
  }
}

const sideLevels = ({ prices, sizes }: LadderSide) =>
  prices.map((price, i) => [price, sizes[i] ?? 0] as const);

const hasSameTop = (a: LadderSide, b: LadderSide) =>
  a.prices[0] === b.prices[0] && a.sizes[0] === b.sizes[0];
