import { type DecimalString, decimal, isDecimalString } from '#domain/decimal.ts';
import type { DailyLossAction, RiskLimits } from '#domain/risk-limits.ts';
import { translator } from '../../i18n/i18n.ts';

const t = translator('bots');

/** Figures that may be left empty, which is no limit. */
export const VALUE_LIMITS = ['maxPositionValue', 'maxOrderValue', 'maxDailyLoss'] as const;
const COUNT_LIMITS = ['maxOpenOrders', 'maxOrdersPerMinute'] as const;
export const LIMIT_FIELDS = [...VALUE_LIMITS, ...COUNT_LIMITS] as const;
export type LimitField = (typeof LIMIT_FIELDS)[number];

/** Risk limits as typed, of one bot or of all bots of a currency. */
export interface LimitsDraft extends Readonly<Record<LimitField, string>> {
  readonly atDailyLoss: DailyLossAction;
}

const text = (value: string | number | null): string => (value === null ? '' : String(value));

export const limitsDraft = (limits: RiskLimits): LimitsDraft => ({
  maxPositionValue: text(limits.maxPositionValue),
  maxOrderValue: text(limits.maxOrderValue),
  maxDailyLoss: text(limits.maxDailyLoss),
  maxOpenOrders: text(limits.maxOpenOrders),
  maxOrdersPerMinute: text(limits.maxOrdersPerMinute),
  atDailyLoss: limits.atDailyLoss,
});

function valueError(value: string): string | null {
  const trimmed = value.trim();
  if (trimmed === '') return null;
  if (!isDecimalString(trimmed)) return t('errors.money');
  return decimal(trimmed).gt(0) ? null : t('errors.positive');
}

const countError = (value: string): string | null =>
  value.trim() === '' || /^\d{1,7}$/.test(value.trim()) ? null : t('errors.whole');

/** What is wrong, by field, null where nothing is. */
export const limitErrors = (draft: LimitsDraft): readonly [LimitField, string | null][] => [
  ...VALUE_LIMITS.map((name): [LimitField, string | null] => [name, valueError(draft[name])]),
  ...COUNT_LIMITS.map((name): [LimitField, string | null] => [name, countError(draft[name])]),
];

const value = (typed: string): DecimalString | null =>
  typed.trim() === '' ? null : (typed.trim() as DecimalString);
const count = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** As the hub takes them. Only of a draft without errors. */
export const checkedLimits = (draft: LimitsDraft): RiskLimits => ({
  maxPositionValue: value(draft.maxPositionValue),
  maxOrderValue: value(draft.maxOrderValue),
  maxDailyLoss: value(draft.maxDailyLoss),
  atDailyLoss: draft.atDailyLoss,
  maxOpenOrders: count(draft.maxOpenOrders),
  maxOrdersPerMinute: count(draft.maxOrdersPerMinute),
});

/** What is other than before, by name: what is sent changes nothing that somebody else has changed meanwhile. */
export const limitChanges = (before: RiskLimits, after: RiskLimits): Partial<RiskLimits> =>
  Object.fromEntries(
    Object.entries(after).filter(([name, limit]) => limit !== before[name as keyof RiskLimits]),
  );

/** Whether they limit anything. */
export const isLimited = (limits: RiskLimits): boolean =>
  LIMIT_FIELDS.some((name) => limits[name] !== null);
