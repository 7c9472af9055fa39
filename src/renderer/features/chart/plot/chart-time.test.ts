import { TickMarkType, type UTCTimestamp } from 'lightweight-charts';
import { afterEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { speak } from '../../../i18n/i18n.ts';
import { setTimeZone } from '../../../ui/format.ts';
import { formatCrosshairTime, formatTick, fromChartTime, toChartTime } from './chart-time.ts';

/** Local times, as the chart's user reads them. */
const local = (day: number, hour: number, minute: number, second = 0): EpochMs =>
  new Date(2026, 10, day, hour, minute, second).getTime() as EpochMs;
const utcDay = Date.UTC(2026, 10, 20) as EpochMs;

describe('chart time', () => {
  afterEach(() => speak('en'));

  it('goes to seconds and back', () => {
    expect(toChartTime(1_763_600_001_000 as EpochMs)).toBe(1_763_600_001);
    expect(fromChartTime(1_763_600_001 as UTCTimestamp)).toBe(1_763_600_001_000);
    expect(fromChartTime('2026-11-20')).toBeNull();
  });

  it('writes the date where the local day begins, else the time of day', () => {
    const tick = (time: EpochMs) => formatTick(time, TickMarkType.Time, '1m');
    expect(tick(local(20, 0, 0))).toBe('20 Nov');
    expect(tick(local(20, 14, 5))).toBe('14:05');
    // Where a UTC day begins: of an axis that is wide enough, this is all that is written.
    expect(formatTick(local(20, 14, 5), TickMarkType.DayOfMonth, '1m')).toBe('20 Nov 14:05');
    expect(formatTick(local(20, 0, 0), TickMarkType.DayOfMonth, '1m')).toBe('20 Nov');
  });

  describe('in a place whose midnight is none of a bar’s', () => {
    const here = process.env['TZ'];
    const inPlace = (timeZone: string) => {
      process.env['TZ'] = timeZone;
    };
    afterEach(() => {
      setTimeZone('local');
      if (here === undefined) delete process.env['TZ'];
      else process.env['TZ'] = here;
    });
    const at = (text: string) => Date.parse(text) as EpochMs;
    const tick = (text: string) => formatTick(at(text), TickMarkType.Time, '4h');

    it('writes the date at the first bar of the local day', () => {
      inPlace('Europe/Berlin');
      expect(['20:00', '00:00', '04:00'].map((utc) => tick(`2026-11-20T${utc}Z`))).toEqual([
        '21:00',
        '20 Nov',
        '05:00',
      ]);
      inPlace('America/New_York');
      expect(['00:00', '04:00', '08:00'].map((utc) => tick(`2026-11-20T${utc}Z`))).toEqual([
        '19:00',
        '23:00',
        '20 Nov',
      ]);
    });

    it('tells the hour that there is twice apart', () => {
      inPlace('America/New_York');
      const crosshair = (text: string) => formatCrosshairTime(at(text), '1m');
      expect(crosshair('2026-11-01T05:30:00Z')).toBe('1 Nov 2026 01:30 GMT-4');
      expect(crosshair('2026-11-01T06:30:00Z')).toBe('1 Nov 2026 01:30 GMT-5');
      expect(crosshair('2026-11-01T07:30:00Z')).toBe('1 Nov 2026 02:30');
    });

    it('writes dates by the clock that is shown: UTC, where the user wants that', () => {
      inPlace('America/New_York');
      setTimeZone('utc');
      expect(formatCrosshairTime(at('2026-11-20T03:00:00Z'), '1m')).toBe('20 Nov 2026 03:00');
      expect(tick('2026-11-20T00:00Z')).toBe('20 Nov');
      expect(tick('2026-11-20T08:00Z')).toBe('08:00');
    });
  });

  it('writes seconds where there are any', () => {
    expect(formatTick(local(20, 14, 5, 30), TickMarkType.Time, '1s')).toBe('14:05:30');
    expect(formatTick(local(20, 14, 5), TickMarkType.Time, '1s')).toBe('14:05');
  });

  it('takes a daily candle for a UTC day', () => {
    expect(formatTick(utcDay, TickMarkType.DayOfMonth, '1d')).toBe('20 Nov');
    expect(formatTick(utcDay, TickMarkType.Month, '1d')).toBe('Nov');
    expect(formatTick(utcDay, TickMarkType.Year, '1d')).toBe('2026');
    expect(formatCrosshairTime(utcDay, '1d')).toBe('20 Nov 2026');
  });

  it('takes a weekly candle for UTC days, and bars of trades for moments', () => {
    expect(formatCrosshairTime(utcDay, '1w')).toBe('20 Nov 2026');
    expect(formatCrosshairTime(local(20, 9, 5, 7), '50t')).toBe('20 Nov 2026 09:05:07');
  });

  it('speaks the language of the screen', async () => {
    await speak('ko');
    expect(formatCrosshairTime(utcDay, '1d')).toBe('2026년 11월 20일');
    expect(formatTick(local(20, 0, 0), TickMarkType.Time, '1m')).toBe('11월 20일');
  });

  it('is complete under the crosshair', () => {
    expect(formatCrosshairTime(local(20, 9, 5, 7), '1s')).toBe('20 Nov 2026 09:05:07');
    expect(formatCrosshairTime(local(20, 9, 5), '5m')).toBe('20 Nov 2026 09:05');
  });
});
