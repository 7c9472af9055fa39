import { describe, expect, it } from 'vitest';
import { PhraseBook } from './phrase-book.ts';

const book = new PhraseBook({
  stopped: '중지',
  'by the user': '사용자 요청',
  'Access denied': '권한 없음',
  'Stopped {1}': '중지됨: {1}',
  'No feed carries {1}': '{1} 피드 없음',
  'No feed carries {1} any more': '{1} 피드 없어짐',
  '{1} has no market {2}.{3}': '{1}에 {2} 시장 없음.{3}',
  ' Did you mean {1}?': ' 혹시 {1}?',
  'It failed: {1}.': '실패: {1}.',
  '{1_} on {2_}': '{2}의 {1}',
});

describe('PhraseBook', () => {
  it.each([
    ['a sentence as it stands', 'Access denied', '권한 없음'],
    ['with a full stop or without', 'Access denied.', '권한 없음.'],
    ['a sentence with a blank', 'No feed carries demo:BTC/USDT', 'demo:BTC/USDT 피드 없음'],
    ['by the longest that fits', 'No feed carries x any more', 'x 피드 없어짐'],
    ['with what stands in the blank', 'Stopped by the user', '중지됨: 사용자 요청'],
    ['with a blank that is empty', 'Kraken has no market X.', 'Kraken에 X 시장 없음.'],
    [
      'with another sentence in a blank',
      'Kraken has no market X. Did you mean Y?',
      'Kraken에 X 시장 없음. 혹시 Y?',
    ],
    ['with a full stop of the pattern', 'It failed: Access denied.', '실패: 권한 없음.'],
    ['with single words where it asks for them', 'BTC on demo', 'demo의 BTC'],
    ['what is joined, piece by piece', 'stopped; who knows', '중지; who knows'],
    ['of what has two lines, the first as well', 'It failed: one\ntwo.', '실패: one\ntwo.'],
  ])('says %s', (_what, english, said) => {
    expect(book.say(english)).toBe(said);
    expect(book.say(english)).toBe(said);
  });

  it.each(['', 'x', 'No feed', 'Something that nobody wrote on it down.', '…: ; · '])(
    'leaves as it is what it does not know: %j',
    (sentence) => {
      expect(book.say(sentence)).toBe(sentence);
    },
  );

  it('does not read what is no sentence by its length', () => {
    const long = `Stopped ${'No feed carries '.repeat(2_000)}`;
    expect(book.say(long)).toBe(long);
  });
});
