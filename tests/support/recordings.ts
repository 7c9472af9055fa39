import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './serve-process.ts';

/** Real recorded market data, kept beside the project and never copied into it. */
const folder = join(projectRoot, '../shared/data');

const recording = (path: string): string => join(folder, path);
export const SPOT_BTCUSDT = recording('binance-recordings/spot-btcusdt.gz');
export const OKX_PUBLIC = recording('exchange-recordings/OKX.ws.1.0');
export const BTC_PERPETUAL_CANDLES = recording('candles/btc-perp-1m.csv.gz');

export const BINANCE_RECORDINGS = recording('binance-recordings');
export const EXCHANGE_RECORDINGS = recording('exchange-recordings');
export const hasRecordings: boolean = existsSync(SPOT_BTCUSDT);
/** For the titles of tests that are left out without them. */
export const needsRecordings = hasRecordings ? '' : ' (left out: no recordings in ../shared/data)';
