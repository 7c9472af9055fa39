import { expect, it } from 'vitest';
import type { Shortcut } from '../../commands/shortcut.ts';
import { defaultPreferences } from '../../preferences/preferences.ts';
import { readSettingsFile, writeSettingsFile } from './settings-file.ts';

const FILE = {
  preferences: { ...defaultPreferences(['ko']), theme: 'contrast' as const },
  shortcuts: { 'palette.open': 'F1' as Shortcut, 'replay.toggle': null },
};

it('is read back as it was written', () => {
  expect(readSettingsFile(writeSettingsFile(FILE))).toEqual({ ok: true, value: FILE });
});

it.each([
  ['{', /not JSON/],
  ['{}', /tapedeckSettings/],
  [writeSettingsFile(FILE).replace('contrast', 'pink'), /preferences\.theme/],
  [writeSettingsFile(FILE).replace('"F1"', '"Hyper+F1"'), /shortcuts/],
  [
    writeSettingsFile(FILE).replace('"tapedeckSettings": 1', '"tapedeckSettings": 2'),
    /tapedeckSettings/,
  ],
])('says what is wrong with another file (%#)', (text, reason) => {
  const read = readSettingsFile(text);
  expect(read.ok ? '' : read.error.message).toMatch(reason);
});
