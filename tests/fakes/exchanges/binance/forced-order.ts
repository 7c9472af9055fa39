import type { TruthLiquidation } from '../fake-exchange.ts';
import type { BinanceMarketKind } from './markets.ts';

/**
 * A forced order as the USD-M stream `<symbol>@forceOrder` tells it, filled in two parts: `l` is the last
 * of them, `z` all of it.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams
 */
export function forceOrderFrame(
  id: string,
  { side, price, size, time }: TruthLiquidation,
  { priceDigits, sizeDigits }: Pick<BinanceMarketKind, 'priceDigits' | 'sizeDigits'>,
): string {
  const limit = side === 'sell' ? price * 0.99 : price * 1.01;
  const whole = size.toFixed(sizeDigits);
  return JSON.stringify({
    e: 'forceOrder',
    E: time + 2,
    o: {
      ...{ s: id, S: side.toUpperCase(), o: 'LIMIT', f: 'IOC' },
      ...{ q: whole, p: limit.toFixed(priceDigits), ap: price.toFixed(priceDigits), X: 'FILLED' },
      ...{ l: (size / 4).toFixed(sizeDigits), z: whole, T: time },
    },
  });
}
