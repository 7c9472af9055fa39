import { type Language, languageOf } from '#contract/languages.ts';
import { koreanPhrases } from '#contract/sentences/ko/korean.ts';
import type { PhraseBook } from '#contract/sentences/phrase-book.ts';

/** English is what is said without a book. */
const BOOKS: Readonly<Record<Language, () => PhraseBook | null>> = {
  en: () => null,
  ko: koreanPhrases,
};

/**
 * What the shell says outside of the page, and what it passes on of the hub: in the language that a window
 * speaks, and in the system's until one has told.
 */
export class ShellWords {
  #language: Language;
  #book: PhraseBook | null;
  readonly #listeners = new Set<() => void>();

  /** As the user wishes them of the system, the dearest first. */
  constructor(systemLanguages: readonly string[]) {
    this.#language = languageOf(systemLanguages);
    this.#book = BOOKS[this.#language]();
  }

  speak(language: Language): void {
    if (language === this.#language) return;
    this.#language = language;
    this.#book = BOOKS[language]();
    for (const listener of this.#listeners) listener();
  }

  /** For what stays in sight: to be said again. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Nobody is told any more: what was in sight goes. */
  dispose(): void {
    this.#listeners.clear();
  }

  readonly sayNotice: PhraseBook['sayNotice'] = (notice) =>
    this.#book?.sayNotice(notice) ?? { title: notice.title, body: notice.body };

  readonly say = (sentence: string): string => this.#book?.say(sentence) ?? sentence;
}
