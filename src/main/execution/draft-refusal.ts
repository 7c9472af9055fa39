import {
  type DecimalString,
  decimal,
  isDecimalString,
  isMultipleOf,
  ZERO,
} from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderDraft } from '#domain/order.ts';

/** What `orderSchema` takes of a strategy's own words. */
export const MOST_WHY_LENGTH = 500;
const MOST_GROUP_LENGTH = 64;

/** Why no exchange would take this order, whatever the market; undefined where one would. */
export function draftRefusal(draft: OrderDraft, instrument: Instrument): string | undefined {
  const { sizeIncrement } = instrument;
  return (
    numberRefusal('quantity', draft.quantity, sizeIncrement, true) ??
    pricesRefusal(draft, instrument) ??
    (draft.ocoGroup !== undefined && draft.ocoGroup.length > MOST_GROUP_LENGTH
      ? `the name of its group is longer than ${MOST_GROUP_LENGTH} characters`
      : undefined)
  );
}

function pricesRefusal(draft: OrderDraft, { priceIncrement }: Instrument): string | undefined {
  switch (draft.type) {
    case 'market':
      return undefined;
    case 'limit':
      if (draft.postOnly && draft.timeInForce === 'ioc') {
        return 'post-only and immediate-or-cancel exclude each other';
      }
      return numberRefusal('limit price', draft.limitPrice, priceIncrement);
    case 'stop':
      return numberRefusal('trigger price', draft.triggerPrice, priceIncrement);
    case 'stopLimit':
      return (
        numberRefusal('trigger price', draft.triggerPrice, priceIncrement) ??
        numberRefusal('limit price', draft.limitPrice, priceIncrement)
      );
    case 'trailingStop':
      return numberRefusal('trailing offset', draft.trailingOffset, priceIncrement, true);
  }
}

/** Prices may be negative, as those of spreads and futures are at times. */
function numberRefusal(
  name: string,
  text: DecimalString,
  increment: number,
  mustBePositive = false,
): string | undefined {
  if (!isDecimalString(text)) return `${name} ${text} is not a decimal`;
  if (mustBePositive && decimal(text).lte(ZERO)) return `${name} ${text} is not positive`;
  if (!isMultipleOf(text, increment)) return `${name} ${text} is not a multiple of ${increment}`;
  return undefined;
}
