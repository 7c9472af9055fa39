import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './serve-process.ts';

/** Real recorded market data, kept beside the project and never copied into it. */
const folder = join(projectRoot, '../shared/data');

const recording = (path: string): string => join(folder, path);
export const SPOT_BTCUSDT = recording('binance-recordings/spot-btcusdt.gz');

export const hasRecordings: boolean = existsSync(SPOT_BTCUSDT);
/** For the titles of tests that are left out without them. */
export const needsRecordings = hasRecordings ? '' : ' (left out: no recordings in ../shared/data)';
