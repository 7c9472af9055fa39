import { formatPrice } from '../../ui/format.ts';
import { rowStep } from './ladder.ts';

/** So many characters fit beside the views in the first layout. */
const MOST_CHARACTERS = 4;

/** A step of the ladder, to be chosen: one that would be cut begins with what tells it from the others. */
export function stepText(priceIncrement: number, grouping: number): string {
  const step = rowStep({ priceIncrement, grouping });
  const text = formatPrice(step, step);
  return text.length <= MOST_CHARACTERS ? text : `×${grouping} · ${text}`;
}
