import { describe, expect, it } from 'vitest';
import { nameSchema } from './names.ts';

const accepts = (name: string) => nameSchema().safeParse(name).success;

describe('a name', () => {
  it.each([
    'Grid',
    '그리드 1호',
    'BTC → ETH',
    '👩‍💻 bot',
    '10 %',
    'é',
    'e\u0301',
    'שלום',
    'שלום\u200f!',
    '<b>',
    '-',
  ])('may be %j', (name) => {
    expect(accepts(name)).toBe(true);
  });

  it.each([
    ...['two\nlines', 'tab\tbed', 'a\u0000b', 'esc\u001b[31m', 'next\u0085line', 'a\u2028b'],
    ...['live\u202epaper', 'a\u2066b\u2069', '', '   ', '\u200b', '\u200d\u200d'],
  ])('may not be %j', (name) => {
    expect(accepts(name)).toBe(false);
  });

  it('is without the white space at its ends, and no longer than is said', () => {
    expect(nameSchema().parse(' Grid\n')).toBe('Grid');
    expect(nameSchema(3).safeParse('Grid').success).toBe(false);
    expect(nameSchema(4).parse('Grid')).toBe('Grid');
  });
});
