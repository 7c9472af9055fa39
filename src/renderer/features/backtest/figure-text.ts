import { type DecimalString, decimal } from '#domain/decimal.ts';
import { formatMoney, formatPriceDecimal, formatQuantity, NOTHING } from '../../ui/format.ts';

const RATIO_DECIMALS = 2;

/** Ratios and shares have no money in them; what cannot be told is a dash. */
export const formatRatio = (ratio: number | null): string =>
  ratio === null ? NOTHING : ratio.toFixed(RATIO_DECIMALS).replace('-', '−');

/** A share that has no direction: `12.50%`. */
export const formatShare = (percent: number | null): string =>
  percent === null ? NOTHING : `${formatRatio(percent)}%`;

/** Of a scale: money that nobody counts on. */
export const formatLevel = (value: number): string =>
  formatMoney(value.toFixed(RATIO_DECIMALS) as DecimalString);

const LARGE_PRICE = 100;

/** An average price; of an instrument that is not known, to cents where they are small. */
export function formatAveragePrice(price: DecimalString, increment: number | undefined): string {
  if (increment !== undefined) return formatPriceDecimal(price, increment);
  return decimal(price).abs().gte(LARGE_PRICE) ? formatMoney(price) : formatQuantity(price);
}
