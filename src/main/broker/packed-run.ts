import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { Publication } from './delivery.ts';

/** What differs from trade to trade of one instrument, offsets aside. */
type TradeRow = readonly [
  ...[timestamp: EpochMs, id: string, price: Price, size: Size],
  ...[isBuy: 0 | 1, eventTime: EpochMs, receivedTime: EpochMs],
];

/**
 * A run of publications of one channel as one text. Remembered as objects, hundreds of thousands of
 * trades are followed up by the garbage collector again and again, and nobody asks for nearly all of them.
 */
export class PackedRun {
  readonly lastOffset: number;
  /** When the newest of them was published. */
  readonly timestamp: EpochMs;
  readonly #text: string;
  /** Set where these are trades: what they have in common. */
  readonly #instrumentId: Trade['instrumentId'] | null;

  /** At least one, of one channel, with offsets that grow by one. */
  constructor(publications: readonly [Publication, ...Publication[]]) {
    const last = publications.at(-1) ?? publications[0];
    this.lastOffset = last.offset;
    this.timestamp = last.timestamp;
    // A channel carries one kind of thing, so its last publication speaks for all of them.
    this.#instrumentId = last.data.of === 'trade' ? last.data.trade.instrumentId : null;
    const packed = this.#instrumentId === null ? publications : publications.flatMap(rowOf);
    this.#text = JSON.stringify(packed);
  }

  /** They are equal to those packed, and not the same objects. */
  unpack(): readonly Publication[] {
    const instrumentId = this.#instrumentId;
    if (instrumentId === null) return JSON.parse(this.#text) as readonly Publication[];
    const rows = JSON.parse(this.#text) as readonly TradeRow[];
    const firstOffset = this.lastOffset - rows.length + 1;
    return rows.map(([timestamp, id, price, size, isBuy, eventTime, receivedTime], index) => ({
      ...{ offset: firstOffset + index, timestamp },
      data: {
        of: 'trade',
        trade: {
          ...{ instrumentId, id, price, size, aggressorSide: isBuy ? 'buy' : 'sell' },
          ...{ eventTime, receivedTime },
        },
      },
    }));
  }
}

function rowOf({ timestamp, data }: Publication): TradeRow[] {
  if (data.of !== 'trade') return [];
  const { id, price, size, aggressorSide, eventTime, receivedTime } = data.trade;
  return [[timestamp, id, price, size, aggressorSide === 'buy' ? 1 : 0, eventTime, receivedTime]];
}
