import { isLanguage, type Language, languageOf } from '../i18n/languages.ts';

const THEMES = ['dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** The part of the page's storage that is used here; it may be blocked, which must not matter. */
export interface KeptValues {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

export const pageStorage: KeptValues = {
  read(key) {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      window.localStorage.setItem(key, value);
    } catch {
      // A page whose storage is blocked or full works all the same; it only forgets.
      return;
    }
  },
};

const THEME_KEY = 'tapedeck:theme';
const LANGUAGE_KEY = 'tapedeck:language';

/** Heard by what draws with colours of its own (canvases): read the tokens again. */
export const THEME_EVENT = 'tapedeck:theme';

export function readTheme(kept: KeptValues): Theme {
  const text = kept.read(THEME_KEY);
  return THEMES.find((theme) => theme === text) ?? 'dark';
}

export const themeAfter = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark';

export function applyTheme(theme: Theme): void {
  document.documentElement.setAttribute('data-theme', theme);
  window.dispatchEvent(new CustomEvent(THEME_EVENT));
}

export function keepTheme(kept: KeptValues, theme: Theme): void {
  kept.write(THEME_KEY, theme);
  applyTheme(theme);
}

/** The user's choice, else the first language of the browser's that we have. */
export function readLanguage(kept: KeptValues, wished: readonly string[]): Language {
  const text = kept.read(LANGUAGE_KEY);
  return text !== null && isLanguage(text) ? text : languageOf(wished);
}

export const keepLanguage = (kept: KeptValues, language: Language): void =>
  kept.write(LANGUAGE_KEY, language);
