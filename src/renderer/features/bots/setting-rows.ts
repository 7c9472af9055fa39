import type { BotConfig } from '#domain/bot.ts';
import type { RiskLimits } from '#domain/risk-limits.ts';
import type { BotSchedule } from '#domain/schedule.ts';
import { translator } from '../../i18n/i18n.ts';
import { formatCount, formatMoney } from '../../ui/format.ts';

const t = translator('bots');

/** What it is called, and what it is. */
export type SettingRow = readonly [label: string, value: string];

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

type Settings = Pick<BotConfig, 'latencyMs' | 'slippageBps' | 'leverage' | 'limits' | 'schedule'>;

/** How a bot trades beside its strategy. Limits that it does not have are left out. */
export const settingRows = ({
  latencyMs,
  slippageBps,
  leverage,
  limits,
  schedule,
}: Settings): readonly SettingRow[] => [
  [t('settings.latencyMs.label'), `${formatCount(latencyMs)} ms`],
  [t('settings.slippageBps.label'), `${slippageBps} bps`],
  [t('settings.leverage.label'), `× ${leverage}`],
  ...limitRows(limits),
  ...(schedule === null ? [] : [[t('settings.schedule.only'), scheduleText(schedule)] as const]),
];

function limitRows(limits: RiskLimits): readonly SettingRow[] {
  const money = (['maxPositionValue', 'maxOrderValue', 'maxDailyLoss'] as const).flatMap(
    (name): SettingRow[] => {
      const value = limits[name];
      return value === null ? [] : [[t(`settings.${name}.label`), formatMoney(value)]];
    },
  );
  const counts = (['maxOpenOrders', 'maxOrdersPerMinute'] as const).flatMap(
    (name): SettingRow[] => {
      const value = limits[name];
      return value === null ? [] : [[t(`settings.${name}.label`), formatCount(value)]];
    },
  );
  const atLoss: SettingRow = [
    t('settings.atDailyLoss.label'),
    t(`settings.atDailyLoss.${limits.atDailyLoss}`),
  ];
  return [...money, ...(limits.maxDailyLoss === null ? [] : [atLoss]), ...counts];
}

/** `Mon, Tue 09:30–16:00, Europe/Berlin`. */
function scheduleText({ days, from, to, timeZone }: BotSchedule): string {
  const names = DAYS.filter((_, day) => days.includes(day)).map((day) =>
    t(`settings.schedule.${day}`),
  );
  return `${names.join(', ')} ${from}–${to}, ${timeZone}`;
}
