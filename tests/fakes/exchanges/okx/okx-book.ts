import { crc32 } from 'node:zlib';
import type { OkxBookData, OkxLevel } from './recording.ts';

/** Levels a side that the checksum covers. */
export const CHECKED_LEVELS = 25;

/** OKX's book of one instrument, with its levels as they were written. */
export class OkxBook {
  readonly #bids = new Map<string, OkxLevel>();
  readonly #asks = new Map<string, OkxLevel>();

  apply({ bids, asks }: Pick<OkxBookData, 'bids' | 'asks'>): void {
    for (const level of bids) put(this.#bids, level);
    for (const level of asks) put(this.#asks, level);
  }

  /** Best first. */
  bids(): OkxLevel[] {
    return [...this.#bids.values()].sort((a, b) => Number(b[0]) - Number(a[0]));
  }

  /** Best first. */
  asks(): OkxLevel[] {
    return [...this.#asks.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  }

  /**
   * CRC32 (signed) of the best 25 levels as `bid:size:ask:size:…`; where one side is shorter the other
   * goes on alone.
   * https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
   */
  checksum(): number {
    const bids = this.bids();
    const asks = this.asks();
    const parts: string[] = [];
    for (let index = 0; index < CHECKED_LEVELS; index++) {
      for (const level of [bids[index], asks[index]]) {
        if (level) parts.push(level[0], level[1]);
      }
    }
    return crc32(parts.join(':')) | 0;
  }
}

function put(side: Map<string, OkxLevel>, level: OkxLevel): void {
  if (Number(level[1]) === 0) side.delete(level[0]);
  else side.set(level[0], level);
}
