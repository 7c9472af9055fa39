import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { projectRoot } from '../../support/serve-process.ts';

export type RecordingName = 'spot-btcusdt' | 'usdm-btcusdt';

const FOLDER = join(projectRoot, '../shared/data/binance-recordings');
const IDS: Readonly<Record<RecordingName, InstrumentId>> = {
  'spot-btcusdt': instrumentId('binance', 'BTC/USDT'),
  'usdm-btcusdt': instrumentId('binance', 'BTC/USDT:USDT'),
};

/** The trades of a recording over and over, each time with later ids and times. */
export class LoopedTrades {
  readonly instrumentId: InstrumentId;
  readonly #recorded: readonly Trade[];
  readonly #idsALoop: number;
  readonly #msALoop: number;
  #next = 0;

  constructor(name: RecordingName) {
    this.instrumentId = IDS[name];
    this.#recorded = readRecorded(name, this.instrumentId);
    const [first, last] = [this.#recorded[0], this.#recorded.at(-1)];
    if (!first || !last) throw new Error(`${name} has no trades`);
    this.#idsALoop = Number(last.id) - Number(first.id) + 1;
    this.#msALoop = last.eventTime - first.eventTime + 1_000;
  }

  take(count: number): Trade[] {
    return Array.from({ length: count }, () => this.#take());
  }

  #take(): Trade {
    const loop = Math.floor(this.#next / this.#recorded.length);
    const trade = this.#recorded[this.#next++ % this.#recorded.length] as Trade;
    const shiftMs = loop * this.#msALoop;
    return {
      ...trade,
      id: String(Number(trade.id) + loop * this.#idsALoop),
      eventTime: (trade.eventTime + shiftMs) as EpochMs,
      receivedTime: (trade.receivedTime + shiftMs) as EpochMs,
    };
  }
}

function readRecorded(name: RecordingName, id: InstrumentId): Trade[] {
  const text = gunzipSync(readFileSync(join(FOLDER, `${name}.gz`))).toString();
  const trades = text
    .split('\n')
    .filter((line) => line.includes('@trade"'))
    .map((line): Trade => {
      const space = line.indexOf(' ');
      const { data } = JSON.parse(line.slice(space + 1));
      return {
        instrumentId: id,
        id: String(data.t),
        price: Number(data.p) as Price,
        size: Number(data.q) as Size,
        aggressorSide: data.m ? 'sell' : 'buy',
        eventTime: data.T as EpochMs,
        // Nanoseconds to milliseconds.
        receivedTime: Number(line.slice(0, space - 6)) as EpochMs,
      };
    });
  return trades;
}
