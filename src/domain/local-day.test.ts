import { describe, expect, it } from 'vitest';
import { lastDays } from './local-day.ts';
import type { EpochMs } from './units.ts';

const at = (text: string) => Date.parse(text) as EpochMs;
const texts = (now: string, count: number, timeZone: string) =>
  lastDays(at(now), count, timeZone).map(({ date, fromTime, toTime }) =>
    [date, new Date(fromTime).toISOString(), (toTime - fromTime) / 3_600_000].join(' '),
  );

describe('the last days of a place', () => {
  it('are whole days in UTC', () => {
    expect(texts('2026-03-01T00:00:00Z', 3, 'UTC')).toEqual([
      '2026-03-01 2026-03-01T00:00:00.000Z 24',
      '2026-02-28 2026-02-28T00:00:00.000Z 24',
      '2026-02-27 2026-02-27T00:00:00.000Z 24',
    ]);
  });

  it('have 23 or 25 hours where the clocks change', () => {
    expect(texts('2026-03-29T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-29 2026-03-28T23:00:00.000Z 23',
      '2026-03-28 2026-03-27T23:00:00.000Z 24',
    ]);
    expect(texts('2026-10-25T23:30:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-10-26 2026-10-25T23:00:00.000Z 24',
      '2026-10-25 2026-10-24T22:00:00.000Z 25',
    ]);
  });

  it('begin after a midnight that clocks skip, and at odd offsets', () => {
    expect(texts('2018-11-04T12:00:00Z', 1, 'America/Sao_Paulo')).toEqual([
      '2018-11-04 2018-11-04T03:00:00.000Z 23',
    ]);
    expect(texts('2026-06-01T18:14:59Z', 1, 'Asia/Kathmandu')).toEqual([
      '2026-06-01 2026-05-31T18:15:00.000Z 24',
    ]);
    expect(texts('2026-06-01T10:00:00Z', 1, 'Pacific/Kiritimati')).toEqual([
      '2026-06-02 2026-06-01T10:00:00.000Z 24',
    ]);
  });
});
