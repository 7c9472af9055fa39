import { describe, expect, it } from 'vitest';
import { scheduleSchema } from '#contract/bot-settings.ts';
import {
  type BotSettingsDraft,
  checkedSettings,
  settingsDraft,
  settingsErrors,
} from './bot-settings-draft.ts';

const wrong = (changes: Partial<BotSettingsDraft>) =>
  settingsErrors({ ...settingsDraft(), ...changes }).flatMap(([field, error]) =>
    error ? [field] : [],
  );

describe('the settings of a bot, as typed', () => {
  it('are the defaults, with nothing wrong, and nothing limited but the orders a minute', () => {
    expect(wrong({})).toEqual([]);
    expect(checkedSettings(settingsDraft())).toEqual({
      ...{ latencyMs: 0, slippageBps: 2, leverage: 1, schedule: null },
      limits: {
        ...{ maxPositionValue: null, maxOrderValue: null, maxDailyLoss: null, atDailyLoss: 'stop' },
        ...{ maxOpenOrders: null, maxOrdersPerMinute: 600 },
      },
    });
  });

  it('come back as they were', () => {
    const typed: BotSettingsDraft = {
      ...settingsDraft(),
      ...{ maxDailyLoss: '250.50', atDailyLoss: 'flatten', maxOpenOrders: '12', leverage: '2.5' },
      ...{ isScheduled: true, days: [5, 1], from: '22:00', to: '06:30', timeZone: 'Asia/Seoul' },
    };
    const checked = checkedSettings(typed);
    expect(checked.limits).toMatchObject({ maxDailyLoss: '250.50', maxOpenOrders: 12 });
    expect(scheduleSchema.safeParse(checked.schedule).success).toBe(true);
    expect(settingsDraft(checked as Parameters<typeof settingsDraft>[0])).toEqual({
      ...typed,
      days: [1, 5],
    });
  });

  it('are refused field by field', () => {
    expect(wrong({ latencyMs: '-1', leverage: '0.5', slippageBps: '' })).toEqual([
      'latencyMs',
      'slippageBps',
      'leverage',
    ]);
    expect(wrong({ maxOrderValue: '0', maxDailyLoss: 'a lot', maxOpenOrders: '1.5' })).toEqual([
      'maxOrderValue',
      'maxDailyLoss',
      'maxOpenOrders',
    ]);
    const schedule = { isScheduled: true, days: [], from: '9', to: '25:00', timeZone: 'Mars/Base' };
    expect(wrong(schedule)).toEqual(['days', 'from', 'to', 'timeZone']);
    expect(wrong({ ...schedule, isScheduled: false })).toEqual([]);
  });
});
