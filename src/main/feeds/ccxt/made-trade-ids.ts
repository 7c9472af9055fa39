import type { Trade as CcxtTrade } from 'ccxt';

/**
 * Ids for the trades of an exchange that names none: what a trade is, and its number among its equals
 * of one message. So the same message gives the same ids again, and a trade that is sent anew after a
 * reconnection is known; of two equal trades of one millisecond in two messages one is lost.
 */
export function withMadeIds(trades: readonly CcxtTrade[]): readonly CcxtTrade[] {
  const equals = new Map<string, number>();
  return trades.map((trade) => {
    const { timestamp, price, amount, side } = trade;
    const what = `${timestamp}-${side}-${price}-${amount}`;
    const number = equals.get(what) ?? 0;
    equals.set(what, number + 1);
    return { ...trade, id: `${what}-${number}` };
  });
}
