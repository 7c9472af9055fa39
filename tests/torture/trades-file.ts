import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const START_MS = 1_735_689_600_000;
const LINES_A_PIECE = 10_000;

/** Lines of a Binance spot trades file: invented, each once, in the order of time. */
export function* tradeLines(lines: number): Generator<string> {
  for (let first = 1; first <= lines; first += LINES_A_PIECE) {
    let piece = '';
    for (let id = first; id < first + LINES_A_PIECE && id <= lines; id++) {
      const price = (60_000 + ((id * 7_919) % 10_007) / 100).toFixed(2);
      const size = (((id * 104_729) % 99_991) / 100_000 + 0.00001).toFixed(5);
      const side = id % 3 === 0 ? 'True' : 'False';
      piece += `${id},${price},${size},1,${START_MS + Math.floor(id / 3) * 7},${side},True\n`;
    }
    yield piece;
  }
}

export const writePieces = (file: string, pieces: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(pieces), createWriteStream(file));
