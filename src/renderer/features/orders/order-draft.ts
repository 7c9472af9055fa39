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
import {
  canBePostOnly,
  type Figure,
  figuresOf,
  type OrderForm,
  type SomeForm,
} from './order-figures.ts';
import { isPair, misplacedPrice } from './order-pair-draft.ts';

/** What is wrong with a figure, as the key of a text, and the step that it has to keep to, where it is known. */
export interface FigureProblem {
  readonly kind: 'noNumber' | 'notPositive' | 'step' | 'notAbove' | 'notBelow';
  readonly step: number | null;
}
export type OrderProblems = Readonly<Partial<Record<Figure, FigureProblem>>>;

type Steps = Pick<Instrument, 'priceIncrement' | 'sizeIncrement'>;

/** Empty where all is well. Of an instrument that nothing carries the steps are not known: `null`. */
export function problemsOf(form: OrderForm, steps: Steps | null): OrderProblems {
  const found = figuresOf(form.type).map((figure): [Figure, FigureProblem | null] => {
    const step = steps?.[figure === 'quantity' ? 'sizeIncrement' : 'priceIncrement'] ?? null;
    return [figure, problemOf(form[figure].trim(), step, !figure.endsWith('Price'))];
  });
  const wrong = found.filter(([, problem]) => problem !== null);
  if (wrong.length > 0 || !isPair(form)) return Object.fromEntries(wrong);
  const misplaced = misplacedPrice(form);
  return misplaced === null
    ? {}
    : { [misplaced[0]]: { kind: misplaced[1], step: steps?.priceIncrement ?? null } };
}

/** Prices may be below zero, as those of futures are at times. */
function problemOf(text: string, step: number | null, isPositive: boolean): FigureProblem | null {
  if (!isDecimalString(text)) return { kind: 'noNumber', step };
  if (isPositive && decimal(text).lte(ZERO)) return { kind: 'notPositive', step };
  return step === null || isMultipleOf(text, step) ? null : { kind: 'step', step };
}

/** One order as the hub takes it. Only of a form without problems. */
export function requestOf(form: SomeForm<OrderType>): RequestInput<'orders.place'> {
  const { botId, type, side, reduceOnly, postOnly } = form;
  const figures = figuresOf(type).map((figure) => [figure, form[figure].trim() as DecimalString]);
  const { quantity, ...prices } = Object.fromEntries(figures) as Record<Figure, DecimalString>;
  return {
    ...{ botId, type, side, quantity, ...prices },
    ...(reduceOnly && { reduceOnly }),
    ...(canBePostOnly(type) && postOnly && { postOnly }),
  };
}
