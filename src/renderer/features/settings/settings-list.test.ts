import { describe, expect, it } from 'vitest';
import { english } from '../../i18n/en/index.ts';
import { korean } from '../../i18n/ko/index.ts';
import { defaultPreferences } from '../../preferences/preferences.ts';
import {
  HUB_DEFAULTS,
  problemOf,
  readNumber,
  SETTINGS,
  type SettingName,
  searchSettings,
} from './settings-list.ts';

const words = (name: SettingName) => english.settings.items[name];

describe('the settings', () => {
  it('have words in every language, for every option, and defaults that are valid', () => {
    const defaults = { ...defaultPreferences([]), ...HUB_DEFAULTS };
    for (const { name, control } of SETTINGS) {
      for (const { settings } of [english, korean]) {
        const item: { label: string; hint: string; options?: Record<string, string> } =
          settings.items[name];
        expect(item.label, name).not.toBe('');
        const options = control.kind === 'choice' ? control.options : [];
        expect(Object.keys(item.options ?? {}), name).toEqual([...options]);
      }
      expect(problemOf(name, defaults[name])).toBeNull();
    }
  });

  it('say what is wrong with a value as the contract says it', () => {
    expect(problemOf('tapeMaxAgeDays', -1)).toMatch(/>0/);
    expect(problemOf('tapeMaxBytes', 5)).toMatch(/>=1048576/);
    expect(problemOf('theme', 'pink')).not.toBeNull();
  });

  it('are found by label, hint and name', () => {
    const names = (query: string) => searchSettings(query, words).map(({ name }) => name);
    expect(names('')).toEqual(SETTINGS.map(({ name }) => name));
    expect(names('TAPE days')).toEqual(['tapeMaxAgeDays']);
    expect(names('colour-blind')).toEqual(['palette']);
    expect(names('nothing like it')).toEqual([]);
  });

  it('read a number in the unit in which it is shown, and nothing as no limit', () => {
    expect(readNumber(' 1.5 ', 1_000_000)).toBe(1_500_000);
    expect(readNumber('', 1)).toBeNull();
    expect(readNumber('a lot', 1)).toBeUndefined();
  });
});
