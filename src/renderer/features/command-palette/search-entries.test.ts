import { describe, expect, it } from 'vitest';
import { type Entry, groupEntries, searchEntries } from './search-entries.ts';

const entry = (title: string, group = 'commands', keywords = ''): Entry => ({
  ...{ id: title, group, title, keywords },
  leadsTo: () => undefined,
});
const titles = (entries: readonly Entry[]) => entries.map(({ title }) => title);

const ENTRIES = [
  entry('Save layout'),
  entry('Show layouts', 'commands', 'workspace arrangement'),
  entry('binance:BTC/USDT', 'instruments'),
  entry('kraken:BTC/USD', 'instruments'),
  entry('Stop all bots', 'commands', 'kill switch'),
];

describe('searchEntries', () => {
  it('gives all, as they stand, until something is asked for', () => {
    expect(titles(searchEntries(ENTRIES, '  ', 3))).toEqual(titles(ENTRIES.slice(0, 3)));
  });

  it('wants every word, in any order and anywhere', () => {
    expect(titles(searchEntries(ENTRIES, 'layout save', 9))).toEqual(['Save layout']);
    expect(titles(searchEntries(ENTRIES, 'usdt BTC', 9))).toEqual(['binance:BTC/USDT']);
    expect(searchEntries(ENTRIES, 'save nothing', 9)).toEqual([]);
  });

  it('puts first what begins with it, then what has a word that does, then keywords', () => {
    const some = [
      entry('Close kill'),
      entry('x', 'commands', 'kill'),
      entry('Killed'),
      entry('skill'),
    ];
    expect(titles(searchEntries(some, 'kill', 9))).toEqual(['Killed', 'Close kill', 'skill', 'x']);
  });

  it('prefers the shorter of two that fit alike, and gives no more than so many', () => {
    expect(titles(searchEntries(ENTRIES, 'btc', 9))).toEqual([
      'kraken:BTC/USD',
      'binance:BTC/USDT',
    ]);
    expect(searchEntries(ENTRIES, 'btc', 1)).toHaveLength(1);
  });

  it('knows no difference of case, nor of composed and decomposed Hangul', () => {
    const korean = entry('레이아웃 저장');
    expect(titles(searchEntries([korean], '저장'.normalize('NFD'), 9))).toEqual(['레이아웃 저장']);
  });
});

it('groups in the order in which the groups are met', () => {
  const [first, second] = groupEntries([entry('a', 'x'), entry('b', 'y'), entry('c', 'x')]);
  expect([first?.[0], titles(first?.[1] ?? [])]).toEqual(['x', ['a', 'c']]);
  expect([second?.[0], titles(second?.[1] ?? [])]).toEqual(['y', ['b']]);
});
