import type { Language } from '#contract/languages.ts';

/** Each in its own words, so that whoever is lost finds theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };
