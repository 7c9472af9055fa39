import { decimal, isMultipleOf, ZERO } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderDraft } from '#domain/order.ts';

/** Why the exchange would not take this order; undefined where it would. */
export function refusalOf(draft: OrderDraft, instrument: Instrument): string | undefined {
  if (decimal(draft.quantity).lte(ZERO)) return `quantity ${draft.quantity} is not positive`;
  if (!isMultipleOf(draft.quantity, instrument.sizeIncrement)) {
    return `quantity ${draft.quantity} is not a multiple of ${instrument.sizeIncrement}`;
  }
  if (draft.type === 'market') return undefined;
  if (draft.type !== 'limit') return `${draft.type} orders are not executed here`;
  if (!isMultipleOf(draft.limitPrice, instrument.priceIncrement)) {
    return `limit price ${draft.limitPrice} is not a multiple of ${instrument.priceIncrement}`;
  }
  return undefined;
}
