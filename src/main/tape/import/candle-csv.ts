import type { Candle } from '#domain/candle.ts';
import { type EpochMs, isEpochMs, isPrice, isSize, type Price } from '#domain/units.ts';
import { delimiterOf, fieldsOf, normalizedName } from './csv-line.ts';
import { parseTime } from './time-text.ts';

/** Any CSV of candles with a header that names its columns. Each is known by one of these names. */
const NAMES = {
  openTime: [
    ...['time', 'timestamp', 'date', 'datetime', 'open_time', 'opentime', 'ts', 'unix', 'ts_event'],
    ...['start', 'start_time', 'time_open', 'unix_timestamp'],
  ],
  open: ['open', 'o', 'open_price', 'first'],
  high: ['high', 'h', 'high_price', 'max'],
  low: ['low', 'l', 'low_price', 'min'],
  close: ['close', 'c', 'close_price', 'last'],
  volume: ['volume', 'v', 'vol', 'base_volume', 'volume_base', 'amount'],
  buyVolume: [
    'buy_volume',
    'taker_buy_volume',
    'taker_buy_base_volume',
    'taker_buy_base_asset_volume',
  ],
  tradeCount: ['count', 'trades', 'trade_count', 'tradecount', 'number_of_trades', 'n_trades'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof NAMES;
const COLUMNS = Object.keys(NAMES) as Column[];
/** A volume is not always told: then it is taken for none. */
const NEEDED: readonly Column[] = ['openTime', 'open', 'high', 'low', 'close'];

export interface CandleCsv {
  readonly delimiter: string;
  /** Null where the file has none. */
  readonly headerLine: string | null;
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
}

/** Binance's public klines, which come without a header: columns by their place. */
const BINANCE_KLINE = {
  width: 12,
  at: {
    ...{ openTime: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 },
    ...{ tradeCount: 8, buyVolume: 9 },
  },
} as const;
const KLINE_CLOSE_TIME = 6;

/** Looks at the first lines for how the file is written; null where it holds no candles. */
export function recogniseCandleCsv(lines: readonly string[]): CandleCsv | null {
  const line = lines.find((one) => one !== '' && !one.startsWith('#'));
  if (line === undefined) return null;
  const delimiter = delimiterOf(line);
  const fields = fieldsOf(line, delimiter) ?? [];
  if (isKline(fields)) return { delimiter, headerLine: null, ...BINANCE_KLINE };
  const names = fields.map(normalizedName);
  const find = (column: Column) => {
    const known: readonly string[] = NAMES[column];
    return names.findIndex((name) => known.includes(name));
  };
  const at = Object.fromEntries(COLUMNS.map((column) => [column, find(column)])) as CandleCsv['at'];
  if (NEEDED.some((column) => at[column] < 0)) return null;
  return { delimiter, headerLine: line, width: names.length, at };
}

function isKline(fields: readonly string[]): boolean {
  const numbers = fields.map(Number);
  const [openTime = 0] = numbers;
  return (
    fields.length === BINANCE_KLINE.width &&
    numbers.every(Number.isFinite) &&
    (numbers[KLINE_CLOSE_TIME] ?? 0) > openTime
  );
}

/** A candle, why the line is none, or null for a line that does not count. */
export type ParsedCandle = Candle | string | null;

export function candleParser({ delimiter, headerLine, width, at }: CandleCsv) {
  return (line: string): ParsedCandle => {
    if (line === '' || line.startsWith('#') || line === headerLine) return null;
    const fields = fieldsOf(line, delimiter);
    if (!fields) return 'its quotes do not match';
    if (fields.length !== width) return `has ${fields.length} columns in place of ${width}`;
    const field = (column: Column): string => fields[at[column]]?.trim() ?? '';
    const number = (column: Column): number =>
      field(column) === '' ? Number.NaN : Number(field(column));
    const openTime = parseTime(field('openTime'));
    const volume = at.volume < 0 ? 0 : number('volume');
    const candle: Candle = {
      openTime: openTime as EpochMs,
      open: number('open') as Price,
      high: number('high') as Price,
      low: number('low') as Price,
      close: number('close') as Price,
      volume,
      buyVolume: ifNumber(number('buyVolume')),
      tradeCount: ifNumber(number('tradeCount')),
      isClosed: true,
    };
    return faultOf(candle) ?? candle;
  };
}

const ifNumber = (value: number): number | null => (isSize(value) ? value : null);

function faultOf({ openTime, open, high, low, close, volume }: Candle): string | null {
  if (!isEpochMs(openTime)) return 'its time is not one';
  if (![open, high, low, close].every(isPrice)) return 'a price is not a number';
  if (high < Math.max(open, close) || low > Math.min(open, close)) {
    return 'high and low do not hold open and close';
  }
  return isSize(volume) ? null : 'volume is not a number, or negative';
}
