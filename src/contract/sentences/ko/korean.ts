import { PhraseBook } from '../phrase-book.ts';
import { BOTS } from './bots.ts';
import { FEEDS } from './feeds.ts';
import { HUB } from './hub.ts';
import { MOMENTS } from './moments.ts';
import { NAMES, NOTICES, TITLES } from './notices.ts';
import { ORDERS } from './orders.ts';
import { REPLAY } from './replay.ts';
import { SHELL } from './shell.ts';
import { STORAGE } from './storage.ts';
import { STRATEGIES } from './strategies.ts';
import { TAPE } from './tape.ts';

export const KOREAN_SENTENCES: Readonly<Record<string, string>> = {
  ...HUB,
  ...MOMENTS,
  ...STORAGE,
  ...FEEDS,
  ...TAPE,
  ...REPLAY,
  ...BOTS,
  ...ORDERS,
  ...STRATEGIES,
  ...NOTICES,
  ...SHELL,
  ...TITLES,
};

export const koreanPhrases = (): PhraseBook => new PhraseBook(KOREAN_SENTENCES, NAMES, TITLES);
