import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../support/serve-process.ts';

export interface PlayedTick {
  readonly symbol: string;
  /** Epoch seconds, as Deriv tells it. */
  readonly epoch: number;
  readonly price: number;
}

/** Real ticks of Volatility 10, `epoch,symbol,price`, one each 2 s; kept beside the project. */
const RECORDING = join(projectRoot, '../shared/data/trades/deriv-R_10-ticks.csv');
export const hasRecordedTicks: boolean = existsSync(RECORDING);

/** Where the recording begins; what is generated fits before and beside it. */
export const FIRST_EPOCH = 1_745_675_528;
export const TICK_SECONDS = 2;
export const TICK_COUNT = 236;
const FIRST_PRICE = 6_244.577;

/** The recording; a generated stretch of the same shape where it is missing. */
export function volatilityTicks(): readonly PlayedTick[] {
  if (!hasRecordedTicks) return generatedTicks('R_10', FIRST_EPOCH, TICK_COUNT, FIRST_PRICE, 3);
  const [, ...rows] = readFileSync(RECORDING, 'utf8').trim().split(/\r?\n/);
  return rows.map((row) => {
    const [epoch = '', symbol = '', price = ''] = row.split(',');
    return { symbol, epoch: Number(epoch), price: Number(price) };
  });
}

/** Invented: a random walk of single steps from a seeded generator, the same at each call. */
export function generatedTicks(
  symbol: string,
  firstEpoch: number,
  count: number,
  firstPrice: number,
  decimals: number,
): readonly PlayedTick[] {
  const scale = 10 ** decimals;
  let state = 0x9e3779b9;
  let steps = Math.round(firstPrice * scale);
  return Array.from({ length: count }, (_, index) => {
    const tick = { symbol, epoch: firstEpoch + index * TICK_SECONDS, price: steps / scale };
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    steps += (Math.abs(state) % 61) - 30;
    return tick;
  });
}
