export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words, so that whoever is lost finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

const isLanguage = (text: string): text is Language => LANGUAGES.some((known) => known === text);

/** The first one that we have of those wished for (`ko-KR` is Korean); English without any. */
export function languageOf(wished: readonly string[]): Language {
  for (const tag of wished) {
    const [language = ''] = tag.toLowerCase().split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}
