import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import type { Shortcut } from '../../commands/shortcut.ts';
import { defaultPreferences } from '../../preferences/preferences.ts';
import { readSettingsFile, writeSettingsFile } from './settings-file.ts';

const FILE = {
  preferences: { ...defaultPreferences(['ko']), theme: 'contrast' as const },
  shortcuts: { 'palette.open': 'F1' as Shortcut, 'replay.toggle': null },
};

const HUB = {
  ...{ allowAnonymous: true, metricsNeedToken: false, tapeMaxAgeDays: 30, tapeMaxBytes: null },
  riskLimits: { USDT: { ...DEFAULT_LIMITS, maxOpenOrders: 5 } },
};

it('has what is set on the hub as well, and is refused where that cannot be', () => {
  const whole = { ...FILE, hub: HUB, hubLimits: { connections: 20 } };
  expect(readSettingsFile(writeSettingsFile(whole))).toEqual({ ok: true, value: whole });
  const wrong = writeSettingsFile(whole).replace('"tapeMaxAgeDays": 30', '"tapeMaxAgeDays": -1');
  const read = readSettingsFile(wrong);
  expect(read.ok ? '' : read.error.message).toMatch(/hub\.tapeMaxAgeDays/);
  const none = writeSettingsFile(whole).replace('"connections": 20', '"connections": 0');
  const refused = readSettingsFile(none);
  expect(refused.ok ? '' : refused.error.message).toMatch(/hubLimits\.connections/);
});

it('is read back as it was written', () => {
  expect(readSettingsFile(writeSettingsFile(FILE))).toEqual({ ok: true, value: FILE });
});

it('is read where it was written before tape and book had a pace', () => {
  const { pace: _pace, ...preferences } = FILE.preferences;
  const file = JSON.stringify({ tapedeckSettings: 1, ...FILE, preferences });
  expect(readSettingsFile(file)).toEqual({ ok: true, value: FILE });
});

it.each([
  ['{', /not JSON/],
  ['{}', /tapedeckSettings/],
  [writeSettingsFile(FILE).replace('contrast', 'pink'), /preferences\.theme/],
  [writeSettingsFile(FILE).replace('"F1"', '"Hyper+F1"'), /shortcuts.*Hyper\+F1 is no shortcut/],
  [
    writeSettingsFile(FILE).replace('"tapedeckSettings": 1', '"tapedeckSettings": 2'),
    /tapedeckSettings/,
  ],
])('says what is wrong with another file (%#)', (text, reason) => {
  const read = readSettingsFile(text);
  expect(read.ok ? '' : read.error.message).toMatch(reason);
});
