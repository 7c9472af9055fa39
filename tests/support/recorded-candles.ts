import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { BTC_PERPETUAL_CANDLES } from './recordings.ts';

/** 45,031 minutes of a bitcoin perpetual, oldest first. */
export function readRecordedCandles(): Candle[] {
  const [, ...lines] = gunzipSync(readFileSync(BTC_PERPETUAL_CANDLES)).toString('utf8').split('\n');
  return lines.filter(Boolean).map((line) => {
    const [time = '', open, high, low, close, volume] = line.split(',');
    return {
      openTime: Date.parse(`${time.replace(' ', 'T').slice(0, 23)}Z`) as EpochMs,
      open: Number(open) as Price,
      high: Number(high) as Price,
      low: Number(low) as Price,
      close: Number(close) as Price,
      volume: Number(volume),
      buyVolume: null,
      tradeCount: null,
      isClosed: true,
    };
  });
}
