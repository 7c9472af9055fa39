import type { TruthLiquidation } from '../fake-exchange.ts';
import type { Frame } from '../fault-box.ts';

/** The channel of a whole kind of market: whoever hears one perpetual's hears them all. */
export const LIQUIDATIONS = 'liquidation-orders';

export const liquidationStreamOf = (instType: string): string => `${LIQUIDATIONS}:${instType}`;

/**
 * The forced orders of an instrument in one message. Sizes are in contracts.
 * https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel
 */
export function liquidationFrame(
  {
    instId,
    instType,
    uly,
  }: Readonly<Record<string, string>> & { readonly instId: string; readonly instType: string },
  orders: readonly TruthLiquidation[],
): Frame {
  const details = orders.map(({ side, price, size, time }) => ({
    ...{ bkLoss: '0', bkPx: String(price), ccy: '' },
    ...{ posSide: side === 'sell' ? 'long' : 'short', side, sz: String(size), ts: String(time) },
  }));
  const arg = { channel: LIQUIDATIONS, instType };
  const data = [{ details, instFamily: uly, instId, instType, uly }];
  return {
    stream: liquidationStreamOf(instType),
    kind: 'other',
    text: JSON.stringify({ arg, data }),
  };
}
