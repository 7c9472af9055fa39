import { useTranslation } from 'react-i18next';
import type { Language } from '#contract/languages.ts';
import type { PhraseBook } from '#contract/sentences/phrase-book.ts';

type Book = Pick<PhraseBook, 'say' | 'sayName' | 'sayTitle' | 'sayNotice'>;

const AS_IT_IS: Book = {
  say: (sentence) => sentence,
  sayName: (name) => name,
  sayTitle: (title) => title,
  sayNotice: ({ title, body }) => ({ title, body }),
};

interface Words {
  readonly book: Book;
  readonly say: Book['say'];
}
const wordsOf = (book: Book): Words => ({ book, say: (sentence) => book.say(sentence) });

const learnt = new Map<Language, Words>();
const ENGLISH = wordsOf(AS_IT_IS);
let words = ENGLISH;

export function learnHubWords(language: Language, phrases: PhraseBook): void {
  learnt.set(language, wordsOf(phrases));
}

/** From now on the hub's sentences are said in this language; English, its own, is never learnt. */
export function sayHubWordsIn(language: Language): void {
  words = learnt.get(language) ?? ENGLISH;
}

/**
 * A sentence of the hub in the language of the screen. The hub speaks English to everybody, to bots and to
 * its log as well; what it said is read and said again here. What is not known stays as it is.
 */
export const hubWords: Book['say'] = (sentence) => words.say(sentence);

/** The title and text of a notification: the names in it are somebody's. */
export const hubNotice: Book['sayNotice'] = (notice) => words.book.sayNotice(notice);

/** The name of a rule that comes with Tapedeck. */
export const hubName: Book['sayName'] = (name) => words.book.sayName(name);

/** For components, and what they keep by it: another function in another language. */
export function useHubWords(): Book['say'] {
  useTranslation();
  return words.say;
}

/** The same of names and of notifications. */
export function useHubBook(): Book {
  useTranslation();
  return words.book;
}
