import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { LANGUAGES, languageOf } from '#contract/languages.ts';
import type { SharedValues } from '../app/page-storage.ts';
import { keepStore } from '../stores/kept-store.ts';

/** `system` is dark or light as the system is; `contrast` is for eyes that need it. */
export const THEMES = ['dark', 'light', 'contrast', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** How the user wants the screen; of this browser or desktop app alone. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(THEMES),
  /** Of up and down: `blueOrange` is told apart by colour-blind eyes, too. */
  palette: z.enum(['tealRed', 'blueOrange']),
  density: z.enum(['comfortable', 'compact']),
  /** How often tape and book are drawn: in each frame, or as often as all else. */
  pace: z.enum(['everyFrame', 'calm']),
  language: z.enum(LANGUAGES),
  /** Of every time on the screen. */
  timeZone: z.enum(['local', 'utc']),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export type PreferenceStore = StoreApi<Preferences>;

const KEY = 'tapedeck:preferences';

export const defaultPreferences = (wishedLanguages: readonly string[]): Preferences => ({
  theme: 'dark',
  palette: 'tealRed',
  density: 'comfortable',
  pace: 'everyFrame',
  language: languageOf(wishedLanguages),
  timeZone: 'local',
});

/** What was kept, each by itself: what cannot be read is as it is by default. */
function readPreferences(kept: SharedValues, defaults: Preferences): Preferences {
  const raw = z.record(z.string(), z.unknown()).safeParse(parsed(kept.read(KEY))).data ?? {};
  const read = <K extends keyof Preferences>(key: K): Preferences[K] => {
    const one = preferencesSchema.shape[key].safeParse(raw[key]);
    return one.success ? (one.data as Preferences[K]) : defaults[key];
  };
  return {
    theme: read('theme'),
    palette: read('palette'),
    density: read('density'),
    pace: read('pace'),
    language: read('language'),
    timeZone: read('timeZone'),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

/** `wishedLanguages` are the browser's, until the user has chosen one. All pages of a browser are alike. */
export function createPreferences(
  kept: SharedValues,
  wishedLanguages: readonly string[],
): PreferenceStore {
  const read = () => readPreferences(kept, defaultPreferences(wishedLanguages));
  const store = createStore<Preferences>(read);
  keepStore(store, {
    ...{ kept, key: KEY, textOf: JSON.stringify, takeIn: () => store.setState(read()) },
  });
  return store;
}
