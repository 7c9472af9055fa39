import { INDICATORS, type IndicatorKind } from './catalogue.ts';

const RATIO_INCREMENT = 0.01;

/** The step in which an indicator's values are written on a market of this price increment. */
export function valueIncrement(kind: IndicatorKind, priceIncrement: number): number {
  const { pane, isOfPrice = false } = INDICATORS[kind];
  if (pane === 'price') return priceIncrement;
  return isOfPrice ? Math.min(RATIO_INCREMENT, priceIncrement) : RATIO_INCREMENT;
}
