import { writeFileSync } from 'node:fs';
import { SeededRandom } from '../fuzz/random.ts';

/** Invented recordings of Binance stream lines: the same for the same seed, on every machine. */
const START_MS = 1_723_161_254_000;
const MIDDLE = 61_837.5;
const TICK = 0.01;
const LEVELS = 400;

export interface InventedRecording {
  readonly file: string;
  /** As the exchange names it: `BTCUSDT`. */
  readonly symbol: string;
  readonly seed: number;
  readonly trades: number;
}

/** A book of 400 levels a side, then trades that leave it as it is. */
export function inventRecording({ file, symbol, seed, trades }: InventedRecording): void {
  const random = new SeededRandom(seed);
  const lines = [line(0, { lastUpdateId: 10, ...inventBook(random) })];
  for (let index = 0; index < trades; index++) {
    const time = START_MS + 100 + index * 20;
    const isSell = random.chance(0.5);
    const price = MIDDLE + (isSell ? -TICK : TICK) / 2;
    const data = {
      ...{ e: 'trade', E: time, s: symbol, t: index + 1, p: price.toFixed(8) },
      ...{ q: inventSize(random), T: time, m: isSell, M: true },
    };
    lines.push(line(100 + index * 20, { stream: `${symbol.toLowerCase()}@trade`, data }));
  }
  const update = { e: 'depthUpdate', E: START_MS + 50, s: symbol, U: 11, u: 11, b: [], a: [] };
  const stream = `${symbol.toLowerCase()}@depth@100ms`;
  lines.splice(1, 0, line(50, { stream, data: update }));
  writeFileSync(file, `${lines.join('\n')}\n`);
}

function inventBook(random: SeededRandom) {
  const side = (direction: 1 | -1) => {
    let price = MIDDLE + (direction * TICK) / 2;
    return Array.from({ length: LEVELS }, () => {
      const level = [price.toFixed(8), inventSize(random)];
      price += direction * TICK * (1 + random.below(12));
      return level;
    });
  };
  return { bids: side(-1), asks: side(1) };
}

/** Mostly small, now and then a wall. */
const inventSize = (random: SeededRandom): string =>
  (random.next() ** 3 * (random.chance(0.04) ? 12 : 1.5) + 0.001).toFixed(8);

const line = (atMs: number, message: unknown): string =>
  `${START_MS + atMs}000000 ${JSON.stringify(message)}`;
