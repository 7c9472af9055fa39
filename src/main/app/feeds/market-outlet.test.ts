import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import type { Candle } from '#domain/candle.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Ticker } from '#domain/ticker.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { Broker } from '#main/broker/broker.ts';
import type { Consumer, Delivery, Subscription } from '#main/broker/delivery.ts';
import { MarketData } from '#main/market/market-data.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { liveMarketOutlet } from './market-outlet.ts';

const ID = instrumentId('demo', 'BTC/USDT');
const START = Date.UTC(2024, 2, 1);
const WINDOW_MS = 16;

/** What one who looks at a channel knows; it may leave, and come back to where it was. */
class Viewer implements Consumer {
  readonly candles = new Map<number, Candle>();
  price: Ticker | null = null;
  publicPrice: Ticker | null = null;
  readonly #name: string;
  #subscription: Subscription | null = null;
  #position: StreamPosition | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  get isHere(): boolean {
    return this.#subscription !== null;
  }

  come(broker: Broker): void {
    if (this.#subscription) return;
    const subscription = broker.subscribe(this.#name, this, { since: this.#position });
    if (this.#position) expect(subscription.recovered).toBe(true);
    this.#subscription = subscription;
    this.#position = { epoch: subscription.epoch, offset: subscription.offset };
    if (subscription.initial) this.deliver(subscription.initial);
  }

  leave(): void {
    this.#subscription?.dispose();
    this.#subscription = null;
  }

  deliver({ epoch, publications }: Delivery): void {
    for (const { offset, data } of publications) {
      this.#position = { epoch, offset };
      if (data.of === 'candle') this.candles.set(data.candle.openTime, data.candle);
      if (data.of === 'ticker') this.price = data.ticker;
      if (data.of === 'publicPrice') this.publicPrice = data.ticker;
    }
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('trade' as const),
      afterMs: fc.integer({ min: -300, max: 900 }),
      price: fc.integer({ min: 90, max: 110 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('come' as const, 'leave' as const) }) },
);

describe('live markets', () => {
  it('[B3][B4][B6] show whoever looks each closed candle, the one in progress and the price, as they are', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const clock = new FakeClock();
        const broker = new Broker({ clock, createEpoch: () => 'e' });
        const market = new MarketData(liveMarketOutlet(broker, (item) => broker.publish(item)));
        const chart = new Viewer(channel.candles(ID, '1s'));
        const [price, prices] = [new Viewer(channel.ticker(ID)), new Viewer(channel.publicPrice)];
        const viewers = [chart, price, prices];
        let time = START;
        let seenFrom: number | null = null;
        for (const [index, { do: what, ...rest }] of steps.entries()) {
          if (what === 'come') for (const viewer of viewers) viewer.come(broker);
          else if (what === 'leave') for (const viewer of viewers) viewer.leave();
          else if ('ms' in rest) clock.advance(rest.ms);
          else if ('price' in rest) {
            time = Math.max(START, time + rest.afterMs);
            const eventTime = time as EpochMs;
            const trade = { instrumentId: ID, id: String(index), price: rest.price as Price };
            market.apply({
              kind: 'trade',
              trade: {
                ...{ ...trade, size: 1 as Size, aggressorSide: 'buy' },
                ...{ eventTime, receivedTime: eventTime },
              },
            });
          }
          if (chart.isHere) seenFrom ??= market.of(ID).candles('1s', 1)[0]?.openTime ?? null;
        }
        for (const viewer of viewers) viewer.come(broker);
        clock.advance(WINDOW_MS);
        const from = seenFrom ?? market.of(ID).candles('1s', 1)[0]?.openTime ?? 0;
        const known = market
          .of(ID)
          .candles('1s', 100)
          .filter(({ openTime }) => openTime >= from);
        const shown = [...chart.candles.values()].filter(({ openTime }) => openTime >= from);
        expect(shown.toSorted((a, b) => a.openTime - b.openTime)).toEqual(known);
        expect(price.price).toEqual(market.of(ID).ticker());
        expect(prices.publicPrice).toEqual(market.of(ID).ticker());
      }),
      { numRuns: 300 },
    );
  });
});
