import type { BotConfig } from '#domain/bot.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import { CLOCK_TIME, isTimeZone } from '#domain/schedule.ts';
import { translator } from '../../i18n/i18n.ts';
import {
  checkedLimits,
  LIMIT_FIELDS,
  type LimitsDraft,
  limitErrors,
  limitsDraft,
} from './limits-draft.ts';

const t = translator('bots');

const FIGURES = ['latencyMs', 'slippageBps', 'leverage'] as const;
export const SETTING_FIELDS = [...FIGURES, ...LIMIT_FIELDS] as const;
export type SettingField = (typeof SETTING_FIELDS)[number];

/** How a bot trades beside its strategy, as typed. */
export interface BotSettingsDraft
  extends LimitsDraft,
    Readonly<Record<(typeof FIGURES)[number], string>> {
  readonly isScheduled: boolean;
  /** 0 is Sunday. */
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

type Settings = Pick<BotConfig, 'latencyMs' | 'slippageBps' | 'leverage' | 'limits' | 'schedule'>;

const DEFAULTS: Settings = {
  ...{ latencyMs: 0, slippageBps: 2, leverage: 1 },
  limits: DEFAULT_LIMITS,
  schedule: null,
};
const WORKDAYS = [1, 2, 3, 4, 5];
const OFFERED = { from: '09:00', to: '17:00' };

export function settingsDraft(settings: Settings = DEFAULTS): BotSettingsDraft {
  const { latencyMs, slippageBps, leverage, limits, schedule } = settings;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...{
      latencyMs: String(latencyMs),
      slippageBps: String(slippageBps),
      leverage: String(leverage),
    },
    ...limitsDraft(limits),
    isScheduled: schedule !== null,
    days: schedule?.days ?? WORKDAYS,
    from: schedule?.from ?? OFFERED.from,
    to: schedule?.to ?? OFFERED.to,
    timeZone: schedule?.timeZone ?? here,
  };
}

const RANGES = { latencyMs: [0, 60_000], slippageBps: [0, 1_000], leverage: [1, 125] } as const;

function figureError(value: string, [least, most]: readonly [number, number]): string | null {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return t('errors.number');
  if (number < least) return t('errors.atLeast', { least });
  return number > most ? t('errors.atMost', { most }) : null;
}

function scheduleErrors(draft: BotSettingsDraft): readonly [string, string | null][] {
  if (!draft.isScheduled) return [];
  const timeError = (time: string) => (CLOCK_TIME.test(time) ? null : t('errors.clock'));
  return [
    ['days', draft.days.length === 0 ? t('errors.noDay') : null],
    ['from', timeError(draft.from)],
    ['to', timeError(draft.to)],
    ['timeZone', isTimeZone(draft.timeZone) ? null : t('errors.timeZone')],
  ];
}

/** What is wrong, by field, null where nothing is. */
export const settingsErrors = (draft: BotSettingsDraft): readonly [string, string | null][] => [
  ...FIGURES.map((name): [string, string | null] => [name, figureError(draft[name], RANGES[name])]),
  ...limitErrors(draft),
  ...scheduleErrors(draft),
];

/** As the hub takes it. Only of a draft without errors. */
export function checkedSettings(draft: BotSettingsDraft): Settings {
  const { days, from, to, timeZone } = draft;
  return {
    latencyMs: Number(draft.latencyMs),
    slippageBps: Number(draft.slippageBps),
    leverage: Number(draft.leverage),
    limits: checkedLimits(draft),
    schedule: draft.isScheduled ? { days: [...days].sort(), from, to, timeZone } : null,
  };
}
