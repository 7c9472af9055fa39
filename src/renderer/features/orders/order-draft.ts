import type { RequestInput } from '#contract/requests.ts';
import {
  type DecimalString,
  decimal,
  isDecimalString,
  isMultipleOf,
  ZERO,
} from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderType } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';

/** The figures of an order that stand in its form. */
type Figure = 'quantity' | 'limitPrice' | 'triggerPrice' | 'trailingOffset';

/** An order as it is being typed. */
export interface OrderForm extends Readonly<Record<Figure, string>> {
  readonly botId: string;
  readonly type: OrderType;
  readonly side: Side;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
}

/** What is wrong with a figure, as the key of a text, and the step that it has to keep to. */
export interface FigureProblem {
  readonly kind: 'noNumber' | 'notPositive' | 'step';
  readonly step: number;
}
export type OrderProblems = Readonly<Partial<Record<Figure, FigureProblem>>>;

const FIGURES: Readonly<Record<OrderType, readonly Figure[]>> = {
  market: ['quantity'],
  limit: ['quantity', 'limitPrice'],
  stop: ['quantity', 'triggerPrice'],
  stopLimit: ['quantity', 'triggerPrice', 'limitPrice'],
  trailingStop: ['quantity', 'trailingOffset'],
};

/** Those that an order of this type has, in the order in which they are asked for. */
export const figuresOf = (type: OrderType): readonly Figure[] => FIGURES[type];

/** Only what rests in the book can be kept from taking. */
export const canBePostOnly = (type: OrderType): boolean => type === 'limit' || type === 'stopLimit';

type Steps = Pick<Instrument, 'priceIncrement' | 'sizeIncrement'>;

/** Empty where all is well. */
export function problemsOf(form: OrderForm, steps: Steps): OrderProblems {
  const found = figuresOf(form.type).map((figure): [Figure, FigureProblem | null] => {
    const step = figure === 'quantity' ? steps.sizeIncrement : steps.priceIncrement;
    return [figure, problemOf(form[figure].trim(), step, !figure.endsWith('Price'))];
  });
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}

/** Prices may be below zero, as those of futures are at times. */
function problemOf(text: string, step: number, isPositive: boolean): FigureProblem | null {
  if (!isDecimalString(text)) return { kind: 'noNumber', step };
  if (isPositive && decimal(text).lte(ZERO)) return { kind: 'notPositive', step };
  return isMultipleOf(text, step) ? null : { kind: 'step', step };
}

/** The form as the hub takes it. Only of one without problems. */
export function requestOf(form: OrderForm): RequestInput<'orders.place'> {
  const { botId, type, side, reduceOnly, postOnly } = form;
  const figures = figuresOf(type).map((figure) => [figure, form[figure].trim() as DecimalString]);
  const { quantity, ...prices } = Object.fromEntries(figures) as Record<Figure, DecimalString>;
  return {
    ...{ botId, type, side, quantity, ...prices },
    ...(reduceOnly && { reduceOnly }),
    ...(canBePostOnly(type) && postOnly && { postOnly }),
  };
}
