import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime } from './time-text.ts';

const MS = 1_735_689_600_123;

describe('parseTime', () => {
  it.each([
    ['1735689600', 1_735_689_600_000],
    ['1735689600.5', 1_735_689_600_500],
    ['1735689600.123456789', 1_735_689_600_123.456],
    ['1735689600123', MS],
    ['1735689600123.456', MS + 0.456],
    ['1735689600123456', MS + 0.456],
    ['1735689600123456789', MS + 0.456],
    ['2025-01-01T00:00:00.123Z', MS],
    ['2025-01-01 00:00:00.123456', MS + 0.456],
    ['2025-01-01 00:00:00 UTC', 1_735_689_600_000],
    ['2025-01-01T01:00:00+01:00', 1_735_689_600_000],
    ['2024-12-31T19:00-0500', 1_735_689_600_000],
  ])('[T3] reads %s', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each(['', 'now', '2025-01-01', '2025-13-01T00:00Z', '12:00', '-1735689600', '1e12', '0x10'])(
    '[F5] refuses "%s"',
    (text) => {
      expect(parseTime(text)).toBeNaN();
    },
  );

  it('reads the same moment in every unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e14, max: 4e15 }), (micros) => {
        const time = micros / 1_000;
        expect(parseTime(String(micros))).toBe(time);
        expect(parseTime(`${micros}789`)).toBe(time);
        const seconds = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
        expect(parseTime(seconds)).toBe(time);
      }),
    );
  });
});
