import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { settingRows } from './setting-rows.ts';

const rows = (changes: Partial<Parameters<typeof settingRows>[0]>) =>
  Object.fromEntries(settingRows({ ...DEFAULT_BOT_SETTINGS, ...changes }));

describe('settingRows', () => {
  it('leaves out the limits that a bot does not have', () => {
    const plain = rows({});
    expect(plain['Latency']).toMatch(/ ms$/);
    expect(Object.keys(plain)).not.toContain('Largest loss a day');
    expect(Object.keys(plain)).not.toContain('Only at these hours');
  });

  it('says limits, what happens at the largest loss, and hours', () => {
    const { limits } = DEFAULT_BOT_SETTINGS;
    const strict = rows({
      limits: { ...limits, maxDailyLoss: '1250.5' as DecimalString, atDailyLoss: 'flatten' },
      schedule: { days: [1, 5], from: '09:30', to: '16:00', timeZone: 'Europe/Berlin' },
    });
    expect(strict).toMatchObject({
      'Largest loss a day': '1,250.50',
      'At that loss': 'stop and close it',
      'Only at these hours': 'Mon, Fri 09:30–16:00, Europe/Berlin',
    });
  });
});
