import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BTC_PERPETUAL_CANDLES } from '#tests/support/recordings.ts';

export interface RecordedCandle {
  /** Epoch ms. */
  readonly openTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

const MINUTE_MS = 60_000;
let minutes: readonly RecordedCandle[] | undefined;

/**
 * The real minute candles of a BTC perpetual, 2021-12-31 to 2022-02-01, put together to intervals of
 * `minuteCount` minutes. A fake serves them as its candle history, whichever its instrument.
 */
export function recordedCandles(minuteCount: number): readonly RecordedCandle[] {
  minutes ??= readMinutes();
  if (minuteCount === 1) return minutes;
  const groups = new Map<number, RecordedCandle>();
  for (const minute of minutes) {
    const openTime = minute.openTime - (minute.openTime % (minuteCount * MINUTE_MS));
    const group = groups.get(openTime);
    groups.set(openTime, group ? joined(group, minute) : { ...minute, openTime });
  }
  return [...groups.values()];
}

function joined(group: RecordedCandle, minute: RecordedCandle): RecordedCandle {
  return {
    openTime: group.openTime,
    open: group.open,
    high: Number(minute.high) > Number(group.high) ? minute.high : group.high,
    low: Number(minute.low) < Number(group.low) ? minute.low : group.low,
    close: minute.close,
    volume: (Number(group.volume) + Number(minute.volume)).toFixed(4),
  };
}

function readMinutes(): RecordedCandle[] {
  const [, ...rows] = gunzipSync(readFileSync(BTC_PERPETUAL_CANDLES)).toString('utf8').split('\n');
  return rows
    .filter((row) => row !== '')
    .map((row) => {
      const [time = '', open = '', high = '', low = '', close = '', volume = ''] = row.split(',');
      const openTime = Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`);
      return { openTime, open, high, low, close, volume };
    });
}
