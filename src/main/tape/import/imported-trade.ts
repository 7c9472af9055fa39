import type { InstrumentId } from '#domain/instrument.ts';
import type { Side } from '#domain/side.ts';
import { type EpochMs, isEpochMs, type Price, type Size } from '#domain/units.ts';

/** A trade as a file tells it; null is what the file does not tell. */
export interface ImportedTrade {
  readonly id: string | null;
  readonly price: Price;
  readonly size: Size;
  readonly side: Side | null;
  /** Microseconds are kept, as thousandths. */
  readonly eventTime: EpochMs;
  readonly receivedTime: EpochMs | null;
  readonly instrumentId: InstrumentId | null;
}

/** A trade, why the record is refused, or null where it has nothing to say (a header, another stream). */
export type ParsedRecord = ImportedTrade | string | null;

/** Reads one record: a line, or an element of a JSON array. */
export type RecordParser = (text: string) => ParsedRecord;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

const decimalOf = (text: string): number => (DECIMAL.test(text) ? Number(text) : Number.NaN);

interface TradeFields {
  readonly id: string | null;
  readonly price: string;
  readonly size: string;
  readonly side: Side | null;
  /** Epoch milliseconds, NaN where it could not be read. */
  readonly eventTime: number;
  readonly receivedTime?: number | null;
  readonly instrumentId?: InstrumentId | null;
}

/** Checks what a file says; a record that is not wholly right is refused, never repaired (rule F5). */
export function tradeOf(fields: TradeFields): ImportedTrade | string {
  const price = decimalOf(fields.price);
  if (!Number.isFinite(price)) return `price "${shortened(fields.price)}" is not a number`;
  const size = decimalOf(fields.size);
  if (!Number.isFinite(size)) return `size "${shortened(fields.size)}" is not a number`;
  if (size <= 0) return size === 0 ? 'size is zero' : 'size is negative';
  const { id, side, eventTime, receivedTime = null, instrumentId = null } = fields;
  if (!isEpochMs(eventTime)) return 'time cannot be read, or is not between 1970 and 2100';
  if (receivedTime !== null && !isEpochMs(receivedTime)) return 'received time cannot be read';
  if (id === '') return 'id is empty';
  return {
    ...{ id, side, eventTime, receivedTime, instrumentId },
    price: price as Price,
    size: size as Size,
  };
}

const MOST_QUOTED = 40;
export const shortened = (text: string): string =>
  text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
