import type { OrderType } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';

/**
 * Two orders of which one ends the other (OCO): a limit and a stop of one side, stops to both sides of the
 * price, or limits on both.
 */
export const PAIR_TYPES = ['oco', 'breakout', 'range'] as const;
export type PairType = (typeof PAIR_TYPES)[number];

/** The figures of an order that stand in its form. */
export type Figure =
  | 'quantity'
  | 'limitPrice'
  | 'triggerPrice'
  | 'trailingOffset'
  | 'abovePrice'
  | 'belowPrice';

/** What can be ordered: one order, or a pair of them. */
export type FormType = OrderType | PairType;

/** An order as it is being typed. */
export type OrderForm = SomeForm<OrderType> | SomeForm<PairType>;

/** Of some types only. */
export interface SomeForm<Type extends FormType> extends Readonly<Record<Figure, string>> {
  readonly botId: string;
  readonly type: Type;
  readonly side: Side;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
}

const FIGURES: Readonly<Record<FormType, readonly Figure[]>> = {
  market: ['quantity'],
  limit: ['quantity', 'limitPrice'],
  stop: ['quantity', 'triggerPrice'],
  stopLimit: ['quantity', 'triggerPrice', 'limitPrice'],
  trailingStop: ['quantity', 'trailingOffset'],
  oco: ['quantity', 'limitPrice', 'triggerPrice'],
  breakout: ['quantity', 'abovePrice', 'belowPrice'],
  range: ['quantity', 'abovePrice', 'belowPrice'],
};

/** Those that an order of this type has, in the order in which they are asked for. */
export const figuresOf = (type: FormType): readonly Figure[] => FIGURES[type];

/** Only what rests in the book can be kept from taking. */
export const canBePostOnly = (type: FormType): boolean => type === 'limit' || type === 'stopLimit';
