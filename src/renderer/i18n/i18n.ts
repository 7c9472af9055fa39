import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/languages.ts';
import { english } from './en/index.ts';
import { learnHubWords, sayHubWordsIn } from './hub-words.ts';

/** The page's one translator. English is there at once; another language is loaded when it is wanted. */
export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'common',
  resources: { en: english },
  initAsync: false,
  // React and `textContent` escape already.
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

const numberFormats = new Map<string, Intl.NumberFormat>();

/**
 * The library's own `number` keeps a formatter for each set of values that a text was ever filled with: where
 * figures change all the time, that grows without end. Of a text's options it heeds `maximumFractionDigits`.
 */
i18n.services.formatter?.add('number', (value: number, language = 'en', options = {}) => {
  const { maximumFractionDigits } = options as Intl.NumberFormatOptions;
  const key = `${language} ${maximumFractionDigits}`;
  const format =
    numberFormats.get(key) ?? new Intl.NumberFormat(language, { maximumFractionDigits });
  numberFormats.set(key, format);
  return format.format(value);
});

const LOADERS: Readonly<Record<Language, () => Promise<void>>> = {
  en: () => Promise.resolve(),
  ko: async () => {
    // The script's own font as well: a file a few hundred signs, fetched when one of them is shown.
    const [{ korean }, { koreanPhrases }] = await Promise.all([
      import('./ko/index.ts'),
      import('#contract/sentences/ko/korean.ts'),
      import('@fontsource-variable/noto-sans-kr/wght.css'),
    ]);
    for (const [namespace, texts] of Object.entries(korean)) {
      i18n.addResourceBundle('ko', namespace, texts);
    }
    learnHubWords('ko', koreanPhrases());
  },
};

/** Resolves when the screen speaks it. Rejects, and changes nothing, if it cannot be loaded. */
export async function speak(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, 'common')) await LOADERS[language]();
  sayHubWordsIn(language);
  await i18n.changeLanguage(language);
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}

/** The translator of one namespace outside React: `const t = translator('chart')`. Speaks the language of the moment. */
export const translator = <N extends keyof typeof english>(namespace: N) =>
  i18n.getFixedT(null, namespace);

/** For what draws text without React: draw it again. Returns its end. */
export function onLanguageChange(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}
