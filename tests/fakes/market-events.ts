import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';

/** A trade as an event of the market; its id is its time and price. */
export function tradeEvent(
  instrumentId: InstrumentId,
  time: number,
  price: number,
  size = 1,
): Extract<MarketEvent, { kind: 'trade' }> {
  return {
    kind: 'trade',
    trade: {
      instrumentId,
      id: `${time}-${price}`,
      price: price as Price,
      size: size as Size,
      aggressorSide: 'buy',
      eventTime: time as EpochMs,
      receivedTime: time as EpochMs,
    },
  };
}

/** A closed candle with a price of its own for each of its four. */
export function closedCandle(
  openTime: number,
  [open, high, low, close]: readonly [number, number, number, number],
): Candle {
  return {
    openTime: openTime as EpochMs,
    open: open as Price,
    high: high as Price,
    low: low as Price,
    close: close as Price,
    volume: 4,
    buyVolume: 2,
    tradeCount: 4,
    isClosed: true,
  };
}
