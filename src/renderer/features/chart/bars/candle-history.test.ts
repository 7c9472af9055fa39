import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { CandleHistory, isPlottable, MAX_CANDLES } from './candle-history.ts';

const MINUTE_MS = 60_000;

function candle(minute: number, changes: Partial<Record<keyof Candle, unknown>> = {}): Candle {
  return {
    openTime: minute * MINUTE_MS,
    open: 100,
    high: 110,
    low: 90,
    close: 105,
    volume: 4,
    buyVolume: 3,
    tradeCount: 5,
    isClosed: true,
    ...changes,
  } as Candle;
}

const minutes = (history: CandleHistory) => history.candles.map((c) => c.openTime / MINUTE_MS);

function historyOf(...candles: Candle[]): CandleHistory {
  const history = new CandleHistory('1m');
  history.start(candles, []);
  return history;
}

describe('CandleHistory', () => {
  it('joins what was loaded with what was pushed while it loaded, in order and once each', () => {
    const history = new CandleHistory('1m');
    const pushed = [candle(3, { tradeCount: 9, isClosed: false, close: 108 }), candle(4)];
    history.start([candle(2), candle(1), candle(3, { tradeCount: 7, isClosed: false })], pushed);
    expect(minutes(history)).toEqual([1, 2, 3, 4]);
    expect(history.at((3 * MINUTE_MS) as never)?.close).toBe(108);
  });

  it('keeps the loaded state of a candle where it is later than the pushed one', () => {
    const history = new CandleHistory('1m');
    history.start(
      [candle(3, { tradeCount: 12, close: 109 })],
      [candle(3, { tradeCount: 11, isClosed: false })],
    );
    expect(history.last).toMatchObject({ tradeCount: 12, close: 109, isClosed: true });
  });

  it('leaves out what was pushed of a time before all that was loaded', () => {
    const history = new CandleHistory('1m');
    history.start([candle(8), candle(9)], [candle(2, { tradeCount: 6 }), candle(9), candle(10)]);
    expect(minutes(history)).toEqual([8, 9, 10]);
    history.start([], [candle(2), candle(9)]);
    expect(minutes(history)).toEqual([2, 9]);
  });

  it('appends a new candle and replaces the one in progress', () => {
    const history = historyOf(candle(1));
    expect(history.apply(candle(2, { close: 101 }))).toBe('appended');
    expect(history.apply(candle(2, { close: 102 }))).toBe('updated');
    expect(minutes(history)).toEqual([1, 2]);
    expect(history.last?.close).toBe(102);
  });

  it.each([1, 2, 3])('amends candle %i of four with what was missed in it', (minute) => {
    const history = historyOf(candle(1), candle(2), candle(3), candle(4, { isClosed: false }));
    expect(history.apply(candle(minute, { tradeCount: 6, low: 80 }))).toBe('amended');
    expect(history.at((minute * MINUTE_MS) as never)?.low).toBe(80);
    expect(minutes(history)).toEqual([1, 2, 3, 4]);
    expect(history.last?.isClosed).toBe(false);
  });

  it('puts an unknown candle between the known ones', () => {
    const history = historyOf(candle(1), candle(5), candle(6, { isClosed: false }));
    for (const minute of [2, 4, 3]) expect(history.apply(candle(minute))).toBe('inserted');
    expect(minutes(history)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes a backfill as it is published: what changed, oldest first, then the one in progress', () => {
    const inProgress = { isClosed: false, tradeCount: 2 };
    const history = historyOf(candle(1), candle(2), candle(7), candle(8, inProgress));
    const published = [
      candle(2, { tradeCount: 9, close: 91, low: 91 }),
      candle(4),
      candle(5),
      candle(7, { tradeCount: 7, open: 92 }),
      candle(8, inProgress),
    ];
    expect(published.map((each) => history.apply(each))).toEqual([
      'amended',
      'inserted',
      'inserted',
      'amended',
      'updated',
    ]);
    expect(minutes(history)).toEqual([1, 2, 4, 5, 7, 8]);
    expect(history.candles[1]).toMatchObject({ close: 91, tradeCount: 9 });
  });

  it('takes a backfill that reaches beyond the last candle, which closes it', () => {
    const history = historyOf(candle(1), candle(2, { isClosed: false }));
    const published = [candle(2), candle(3), candle(4, { isClosed: false })];
    expect(published.map((each) => history.apply(each))).toEqual([
      'updated',
      'appended',
      'appended',
    ]);
    expect(history.candles.map(({ isClosed }) => isClosed)).toEqual([true, true, true, false]);
  });

  it('leaves the past before its first candle to be loaded', () => {
    const history = historyOf(candle(2), candle(3));
    expect(history.apply(candle(1))).toBe('ignored');
    expect(minutes(history)).toEqual([2, 3]);
  });

  it.each([
    ['a candle before the first is in progress', candle(0, { isClosed: false })],
    ['an unknown one between is in progress', candle(3, { isClosed: false, tradeCount: 1 })],
    ['a known one is in progress again', candle(2, { isClosed: false })],
    ['a known one has fewer trades', candle(2, { tradeCount: 4 })],
    [
      'a known one has less volume, where nobody counts',
      candle(4, { tradeCount: null, volume: 1 }),
    ],
  ])('says that time went back where %s, and changes nothing by it', (_, pushed) => {
    const known = [candle(1), candle(2), candle(4, { tradeCount: null }), candle(5)];
    const history = historyOf(...known);
    expect(history.apply(pushed)).toBe('restarted');
    expect(history.candles).toEqual(known);
  });

  it('amends by volume, or by range, what nobody counted', () => {
    const uncounted = { tradeCount: null, buyVolume: null };
    const history = historyOf(
      candle(1, uncounted),
      candle(2, { ...uncounted, volume: 0 }),
      candle(3),
    );
    expect(history.apply(candle(1, { ...uncounted, volume: 5 }))).toBe('amended');
    expect(history.apply(candle(2, { ...uncounted, volume: 0, high: 120 }))).toBe('amended');
    expect(history.apply(candle(2, { ...uncounted, volume: 0, high: 112 }))).toBe('restarted');
  });

  it.each([
    ['open', Number.NaN],
    ['close', Number.POSITIVE_INFINITY],
    ['volume', Number.NaN],
    ['volume', -1],
    ['low', 106],
    ['high', 99],
    ['openTime', Number.NaN],
  ])('rejects a candle whose %s is %s', (field, value) => {
    const bad = candle(2, { [field]: value });
    expect(isPlottable(bad)).toBe(false);
    const history = historyOf(candle(1), bad);
    expect(history.apply(bad)).toBe('rejected');
    expect(history.merge([bad])).toEqual({ kind: 'none' });
    expect(minutes(history)).toEqual([1]);
  });

  it('sees a hole, and a last candle left unfinished, before the next one', () => {
    expect(historyOf(candle(1)).isGapBefore(candle(2))).toBe(false);
    expect(historyOf(candle(1)).isGapBefore(candle(3))).toBe(true);
    expect(historyOf(candle(1, { isClosed: false })).isGapBefore(candle(2))).toBe(true);
    expect(historyOf(candle(2)).isGapBefore(candle(2))).toBe(false);
  });

  it('fills holes and finishes candles from a batch, but leaves the future to the pushes', () => {
    const history = historyOf(candle(1, { isClosed: false, tradeCount: 3 }), candle(4));
    expect(history.merge([candle(1), candle(2), candle(5)])).toEqual({ kind: 'inserted' });
    expect(minutes(history)).toEqual([1, 2, 4]);
    expect(history.first?.isClosed).toBe(true);
  });

  it('names the candles that a batch only finished', () => {
    const history = historyOf(candle(1, { isClosed: false, tradeCount: 3 }), candle(2));
    expect(history.merge([candle(1), candle(2)])).toEqual({
      kind: 'amended',
      candles: [candle(1)],
    });
    expect(history.merge([candle(1), candle(2)])).toEqual({ kind: 'none' });
  });

  it('finds the candle that contains a time, and none in a hole', () => {
    const history = historyOf(candle(1), candle(2), candle(4));
    const at = (minute: number) => history.at((minute * MINUTE_MS) as never)?.openTime;
    expect(at(2.5)).toBe(2 * MINUTE_MS);
    expect(at(2)).toBe(2 * MINUTE_MS);
    expect(at(3.5)).toBeUndefined();
    expect(at(0.5)).toBeUndefined();
    expect(at(5)).toBeUndefined();
  });

  it('keeps a bounded number of candles', () => {
    const history = historyOf(...Array.from({ length: MAX_CANDLES }, (_, i) => candle(i)));
    expect(history.trim()).toBe(false);
    history.apply(candle(MAX_CANDLES));
    expect(history.trim()).toBe(true);
    expect(history.candles.length).toBeLessThan(MAX_CANDLES);
    expect(history.last?.openTime).toBe(MAX_CANDLES * MINUTE_MS);
  });
});
