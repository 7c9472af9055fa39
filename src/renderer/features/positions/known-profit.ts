import type { MarkedPosition } from '#contract/model.ts';
import { type BotConfig, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { signOf } from '../../ui/format.ts';

/**
 * What an open position would realise, before fees. Null where nobody knows: of what a bot elsewhere holds in a
 * market without a price the hub can say nothing but zero. Our own bots remember what theirs was worth.
 */
export function knownProfit(
  { strategy }: Pick<BotConfig, 'strategy'>,
  { quantity, unrealizedPnl }: Pick<MarkedPosition, 'quantity' | 'unrealizedPnl'>,
  price: number | null,
): DecimalString | null {
  const isUnpriced = strategy === EXTERNAL_STRATEGY && price === null && signOf(quantity) !== 0;
  return isUnpriced && signOf(unrealizedPnl) === 0 ? null : unrealizedPnl;
}
