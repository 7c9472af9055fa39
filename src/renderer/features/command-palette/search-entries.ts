import type { ChoicePage } from '../../commands/choice.ts';

/** Something that the palette can find. */
export interface Entry {
  readonly id: string;
  /** The heading that it stands under. */
  readonly group: string;
  readonly title: string;
  /** Other words that it is found by. */
  readonly keywords?: string;
  /** The keys that do the same, as they are shown. */
  readonly shortcut?: string;
  /** What is done, or what is asked next. */
  readonly leadsTo: (() => void) | ChoicePage;
}

/** How well a word of the query fits: the beginning of a title best, anywhere in the keywords least. */
const FITS = { start: 8, word: 4, inside: 2, keyword: 1 } as const;

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

function fitOf(word: string, title: string, keywords: string): number {
  const at = title.indexOf(word);
  if (at === 0) return FITS.start;
  if (at > 0) return /[\s/:_-]/.test(title[at - 1] ?? '') ? FITS.word : FITS.inside;
  return keywords.includes(word) ? FITS.keyword : 0;
}

/** 0 where a word of the query is nowhere in it. */
function scoreOf(words: readonly string[], { title, keywords = '' }: Entry): number {
  const [foldedTitle, foldedKeywords] = [fold(title), fold(keywords)];
  let score = 0;
  for (const word of words) {
    const fit = fitOf(word, foldedTitle, foldedKeywords);
    if (fit === 0) return 0;
    score += fit;
  }
  // Of two that fit alike the shorter one is more likely meant.
  return score + 1 / (1 + foldedTitle.length);
}

/**
 * Those in which every word of the query is found, the best first and at most so many; without a query
 * all of them, as they stand.
 */
export function searchEntries(
  entries: readonly Entry[],
  query: string,
  most: number,
): readonly Entry[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.slice(0, most);
  return entries
    .map((entry) => ({ entry, score: scoreOf(words, entry) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** By heading, each where its first entry stands. */
export function groupEntries(
  entries: readonly Entry[],
): readonly (readonly [group: string, entries: readonly Entry[]])[] {
  return [...Map.groupBy(entries, ({ group }) => group)];
}
