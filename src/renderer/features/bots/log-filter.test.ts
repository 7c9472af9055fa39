import { describe, expect, it } from 'vitest';
import type { LogLevel } from '#domain/bot.ts';
import { ALL_LINES, fittingLines, isLogFiltered, olderLines } from './log-filter.ts';

const line = (time: number, message = `line ${time}`, level: LogLevel = 'info') => ({
  ...{ time, level, message },
});
const times = (lines: readonly { time: number }[]) => lines.map(({ time }) => time);

describe('the filter of a log', () => {
  const lines = [
    line(4, 'Order refused: no money', 'error'),
    line(3, 'Spread is wide', 'warn'),
    line(2, 'Order sent'),
    line(1, 'Tick', 'debug'),
  ];

  it('shows a level and all that are worse', () => {
    expect(times(fittingLines(lines, ALL_LINES))).toEqual([4, 3, 2, 1]);
    expect(times(fittingLines(lines, { ...ALL_LINES, level: 'info' }))).toEqual([4, 3, 2]);
    expect(times(fittingLines(lines, { ...ALL_LINES, level: 'error' }))).toEqual([4]);
  });

  it('finds words of the message, of the levels that are shown', () => {
    expect(times(fittingLines(lines, { level: 'debug', search: 'ORDER' }))).toEqual([4, 2]);
    expect(times(fittingLines(lines, { level: 'warn', search: 'order' }))).toEqual([4]);
  });

  it('knows when it leaves nothing out', () => {
    expect(isLogFiltered(ALL_LINES)).toBe(false);
    expect(isLogFiltered({ ...ALL_LINES, search: 'x' })).toBe(true);
    expect(isLogFiltered({ ...ALL_LINES, level: 'info' })).toBe(true);
  });
});

describe('olderLines', () => {
  it('continues where the newest ones end, also among lines of one moment', () => {
    const longer = [line(5), line(4, 'b'), line(4, 'a'), line(3)];
    expect(olderLines(longer, [line(6), line(5), line(4, 'b')])).toEqual([line(4, 'a'), line(3)]);
    expect(olderLines(longer, [])).toBe(longer);
  });

  it('goes by time where the newest ones have moved on', () => {
    expect(times(olderLines([line(5), line(4)], [line(9), line(8)]))).toEqual([5, 4]);
  });
});
