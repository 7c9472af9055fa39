import { afterEach, describe, expect, it } from 'vitest';
import { describeStrategy } from '#main/bots/describe-strategy.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import { inWords } from '../features/bots/strategy-words.ts';
import { hubWords } from './hub-words.ts';
import { speak } from './i18n.ts';

const SENTENCE = 'max order value: it would be 12 USDT, 2 more than 10';
const HANGUL = /\p{Script=Hangul}/u;
/** Written so by Korean traders, too. */
const TERMS: ReadonlySet<string> = new Set(['bps', '%', '', 'base', 'quote']);

afterEach(() => speak('en'));

describe('what the hub says', () => {
  it('is said in the language of the screen, as long as that is spoken', async () => {
    expect(hubWords(SENTENCE)).toBe(SENTENCE);
    await speak('ko');
    expect(hubWords(SENTENCE)).toBe('최대 주문 금액: 12 USDT이(가) 되어 한도 10을(를) 2 넘습니다');
    expect(hubWords('Somebody’s own words')).toBe('Somebody’s own words');
    await speak('en');
    expect(hubWords(SENTENCE)).toBe(SENTENCE);
  });

  it.each(BUILT_IN_STRATEGIES)('of the strategy $id is Korean in all its texts', async (one) => {
    await speak('ko');
    const found = { strategies: [describeStrategy(one)], problems: [] };
    for (const strategy of inWords(found, hubWords).strategies ?? []) {
      const texts = strategy.parameters.flatMap(({ label, description, unit, whileRunning }) => [
        ...[label, description, unit, ...(whileRunning === null ? [] : [whileRunning])],
      ]);
      const english = [strategy.name, strategy.description, ...texts].filter(
        (text) => !HANGUL.test(text) && !TERMS.has(text),
      );
      expect(english).toEqual([]);
    }
  });
});
