import { useTranslation } from 'react-i18next';
import type { Language } from '#contract/languages.ts';
import type { PhraseBook } from '#contract/sentences/phrase-book.ts';

type Words = (sentence: string) => string;

const AS_IT_IS: Words = (sentence) => sentence;

const wordsOf = new Map<Language, Words>();
let words = AS_IT_IS;

export function learnHubWords(language: Language, phrases: PhraseBook): void {
  wordsOf.set(language, (sentence) => phrases.say(sentence));
}

/** From now on the hub's sentences are said in this language; English, its own, is never learnt. */
export function sayHubWordsIn(language: Language): void {
  words = wordsOf.get(language) ?? AS_IT_IS;
}

/**
 * A sentence of the hub in the language of the screen. The hub speaks English to everybody, to bots and to
 * its log as well; what it said is read and said again here. What is not known stays as it is.
 */
export const hubWords: Words = (sentence) => words(sentence);

/** For components, and what they keep by it: another function in another language. */
export function useHubWords(): Words {
  useTranslation();
  return words;
}
