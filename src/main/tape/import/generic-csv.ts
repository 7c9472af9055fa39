import type { Side } from '#domain/side.ts';
import { delimiterOf, fieldsOf, normalizedName } from './csv-line.ts';
import { type RecordParser, tradeOf } from './imported-trade.ts';
import { parseTime } from './time-text.ts';

/** Any CSV with a header that names its columns. Each is known by one of these names. */
const NAMES = {
  time: [
    'time',
    'timestamp',
    'date',
    'datetime',
    'event_time',
    'trade_time',
    'transact_time',
    'ts',
  ],
  price: ['price', 'rate', 'last_price', 'trade_price'],
  size: ['size', 'amount', 'qty', 'quantity', 'volume', 'base_volume', 'vol'],
  side: ['side', 'aggressor_side', 'taker_side', 'direction'],
  isBuyerMaker: ['is_buyer_maker', 'isbuyermaker', 'buyer_maker'],
  id: ['id', 'trade_id', 'tradeid', 'tid', 'agg_trade_id'],
  receivedTime: ['received_time', 'receivedtime', 'local_timestamp'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof NAMES;
const COLUMNS = Object.keys(NAMES) as Column[];

const SIDES: Readonly<Record<string, Side>> = {
  ...{ buy: 'buy', b: 'buy', bid: 'buy', long: 'buy' },
  ...{ sell: 'sell', s: 'sell', ask: 'sell', short: 'sell' },
};

interface Header {
  readonly delimiter: string;
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
}

/** Null where the line does not name time, price and size. */
export function readHeader(line: string): Header | null {
  const delimiter = delimiterOf(line);
  const names = (fieldsOf(line, delimiter) ?? []).map(normalizedName);
  const find = (column: Column) => {
    const known: readonly string[] = NAMES[column];
    return names.findIndex((name) => known.includes(name));
  };
  const at = Object.fromEntries(COLUMNS.map((column) => [column, find(column)])) as Header['at'];
  const isWhole = at.time >= 0 && at.price >= 0 && at.size >= 0;
  return isWhole ? { delimiter, width: names.length, at } : null;
}

/** Lines that begin with `#` are comments. */
export function genericParser(headerLine: string, { delimiter, width, at }: Header): RecordParser {
  return (line) => {
    if (line.startsWith('#') || line === headerLine) return null;
    const fields = fieldsOf(line, delimiter);
    if (!fields) return 'its quotes do not match';
    if (fields.length !== width) return `has ${fields.length} columns in place of ${width}`;
    const field = (column: Column): string => fields[at[column]]?.trim() ?? '';
    const side = sideOf(field('side'), field('isBuyerMaker'));
    if (side === undefined) return 'side is neither buy nor sell';
    const received = field('receivedTime');
    return tradeOf({
      id: field('id') === '' ? null : field('id'),
      ...{ price: field('price'), size: field('size'), side },
      eventTime: parseTime(field('time')),
      receivedTime: received === '' ? null : parseTime(received),
    });
  };
}

/** Null where the file does not tell, undefined where what it tells is not understood. */
function sideOf(side: string, isBuyerMaker: string): Side | null | undefined {
  if (side !== '') return SIDES[side.toLowerCase()];
  if (isBuyerMaker === '') return null;
  if (/^(?:true|1)$/i.test(isBuyerMaker)) return 'sell';
  return /^(?:false|0)$/i.test(isBuyerMaker) ? 'buy' : undefined;
}
