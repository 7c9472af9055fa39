/** The languages of the screen, and of what the desktop's shell says. */
export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (text: unknown): text is Language =>
  LANGUAGES.some((known) => known === text);

/** The first one that we have of those wished for (`ko-KR` is Korean); English without any. */
export function languageOf(wished: readonly string[]): Language {
  for (const tag of wished) {
    const [language] = tag.toLowerCase().split('-');
    if (isLanguage(language)) return language;
  }
  return 'en';
}
