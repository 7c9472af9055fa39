import type { RiskView } from '#contract/risk-requests.ts';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { formatCount, formatMoney, formatQuantity } from '../../ui/format.ts';
import type { LimitField } from '../bots/limits-draft.ts';

export type CurrencyRisk = RiskView['currencies'][number];

interface LimitUse {
  /** As it is shown. */
  readonly text: string;
  /** Of the limit, 0 to 1 and more; null where nothing is limited. */
  readonly share: number | null;
}

/** How much of a limit all bots of the currency take now; null for one that has no use, only orders. */
export function limitUse(name: LimitField, risk: CurrencyRisk): LimitUse | null {
  const used = usedOf(name, risk);
  if (used === null) return null;
  const most = risk.limits?.[name] ?? null;
  return {
    text: typeof used === 'number' ? formatCount(used) : moneyText(used),
    share: most === null ? null : shareOf(used, most),
  };
}

function usedOf(name: LimitField, risk: CurrencyRisk): DecimalString | number | null {
  switch (name) {
    case 'maxPositionValue':
      return risk.positionValue;
    case 'maxDailyLoss':
      return lossOf(risk.pnlToday);
    case 'maxOpenOrders':
      return risk.openOrders;
    case 'maxOrdersPerMinute':
      return risk.ordersLastMinute;
    case 'maxOrderValue':
      return null;
  }
}

/** Less than one of a currency like BTC is money, too. */
const moneyText = (value: DecimalString): string =>
  decimal(value).abs().gte(1) ? formatMoney(value) : formatQuantity(value);

const lossOf = (pnl: DecimalString): DecimalString => {
  const value = decimal(pnl);
  return toDecimalString(value.lt(ZERO) ? value.neg() : ZERO);
};

function shareOf(used: DecimalString | number, most: DecimalString | number): number {
  const limit = Number(most);
  if (limit === 0) return Number(used) === 0 ? 0 : 1;
  return Number(used) / limit;
}
