import { type Decimal, ZERO } from '#domain/decimal.ts';

/** What bots of a currency that only report here add to the limits of all together. */
export interface RiskElsewhere {
  /** In that currency, without sign. */
  readonly positionValue: Decimal;
  readonly openOrders: number;
  /** Since midnight UTC; negative where they won. */
  readonly lossToday: number;
}

export const NOTHING_ELSEWHERE: RiskElsewhere = {
  ...{ positionValue: ZERO, openOrders: 0, lossToday: 0 },
};
