/** To the instrument's own prices: what lies between two of them is nobody's price. */
export const roundedPrice = (price: number, increment: number): number =>
  Number((Math.round(price / increment) * increment).toPrecision(15));
