import type { OrderDraft } from './order.ts';

/** Two orders of one bot of which one ends the other (OCO), and that are both taken or none. */
export type OrderPair = readonly [OrderDraft, OrderDraft];

/** Why each of a pair is not taken, where one of them cannot be; null where both can. */
export function pairRefusals(
  first: string | undefined,
  second: string | undefined,
): readonly [string, string] | null {
  if (first === undefined && second === undefined) return null;
  return [first ?? ofOther(second), second ?? ofOther(first)];
}

const ofOther = (refusal: string | undefined): string =>
  `the other of its pair is refused: ${refusal}`;
