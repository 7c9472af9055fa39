import { formatPrice } from '../../ui/format.ts';
import { rowStep } from './ladder.ts';

/** So many characters fit beside the views in the first layout. */
const MOST_CHARACTERS = 4;
const THOUSAND = 1_000;

/** How far apart the rows of the ladder are. */
export function wholeStepText(priceIncrement: number, grouping: number): string {
  const step = rowStep({ priceIncrement, grouping });
  return formatPrice(step, step);
}

/** The same in little room: as so many increments where it would be cut. */
export function stepText(priceIncrement: number, grouping: number): string {
  const text = wholeStepText(priceIncrement, grouping);
  if (text.length <= MOST_CHARACTERS) return text;
  return grouping < THOUSAND ? `×${grouping}` : `×${grouping / THOUSAND}k`;
}
