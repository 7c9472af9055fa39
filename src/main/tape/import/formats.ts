import type { TradeFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import {
  binanceMarketOf,
  isBinanceHeader,
  parseBinanceAggregateTrade,
  parseBinanceTrade,
} from './binance-csv.ts';
import { parseFreqtradeTrade } from './freqtrade-json.ts';
import { genericParser, readHeader } from './generic-csv.ts';
import type { ImportedTrade, ParsedRecord, RecordParser } from './imported-trade.ts';
import { JsonElementSplitter } from './json-elements.ts';
import { parseKrakenTrade } from './kraken-csv.ts';
import { LineSplitter, type RecordSplitter } from './text-records.ts';

/** What `app` knows of Binance's dialect and hands over: rooms do not import one another. */
export interface BinanceDialect {
  /** Reads a line of a raw stream recording; it names its own instrument. */
  readonly parseStreamLine: RecordParser;
  /** `BTCUSDT` as an instrument, where its parts are known. */
  readonly instrumentOf: (name: string, market: 'spot' | 'usdm') => InstrumentId | null;
}

/** How one part of a file is read. */
export interface RecognisedFormat {
  readonly format: TradeFormat;
  readonly splitter: RecordSplitter;
  readonly parse: RecordParser;
  /** Where the name of the file, or each record, tells; else null. */
  readonly instrumentId: InstrumentId | null;
  /** Each record names its own. */
  readonly namesInstruments: boolean;
}

export interface FormatQuery {
  /** The beginning, at most 64 KiB. */
  readonly head: string;
  /** Of the file, or of the file in the archive. */
  readonly name: string;
  readonly wanted: TradeFormat | 'auto';
  readonly binance: BinanceDialect;
}

const NAMES: Readonly<Record<TradeFormat, string>> = {
  binanceTrades: 'Binance trades CSV',
  binanceAggTrades: 'Binance aggTrades CSV',
  krakenTrades: 'Kraken time-and-sales CSV',
  freqtradeTrades: 'freqtrade trades JSON',
  binanceStream: 'recorded Binance stream lines',
  csv: 'CSV with a header that names time, price and size',
};
export const describeFormat = (format: TradeFormat): string => NAMES[format];

/** A stream recording begins with depth and quotes; every other format shows itself at once. */
const LINES_LOOKED_AT = 20;
const BYTE_ORDER_MARK = /^\uFEFF/;
const STREAM_LINE = /^\d{19} \{/;

/** Looks into the file for its format, or takes the one that is asked for; null where it is none. */
export function recogniseFormat(query: FormatQuery): RecognisedFormat | null {
  const lines = linesOf(query.head);
  const format = query.wanted === 'auto' ? formatOf(query.head, lines) : query.wanted;
  return format && readerOf(format, lines, query);
}

const linesOf = (head: string): readonly string[] =>
  head
    .replace(BYTE_ORDER_MARK, '')
    .split('\n', LINES_LOOKED_AT)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function formatOf(head: string, lines: readonly string[]): TradeFormat | null {
  if (/^\uFEFF?\s*\[\s*(?:\[|\]|$)/.test(head)) return 'freqtradeTrades';
  const [first = ''] = lines;
  if (STREAM_LINE.test(first)) return 'binanceStream';
  const isSome = (parse: RecordParser) => lines.some((line) => isTrade(parse(line)));
  // A header and nothing below it still says what it is.
  if (isBinanceHeader(first))
    return /agg|first/i.test(first) ? 'binanceAggTrades' : 'binanceTrades';
  if (isSome(parseBinanceTrade)) return 'binanceTrades';
  if (isSome(parseBinanceAggregateTrade)) return 'binanceAggTrades';
  if (headerOf(lines)) return 'csv';
  return isSome(parseKrakenTrade) ? 'krakenTrades' : null;
}

const isTrade = (parsed: ParsedRecord): parsed is ImportedTrade =>
  parsed !== null && typeof parsed !== 'string';

function headerOf(lines: readonly string[]) {
  const line = lines.find((one) => !one.startsWith('#')) ?? '';
  const header = readHeader(line);
  return header && { line, header };
}

function readerOf(
  format: TradeFormat,
  lines: readonly string[],
  { name, binance }: FormatQuery,
): RecognisedFormat | null {
  const plain = { format, instrumentId: null, namesInstruments: false };
  const onLines = (parse: RecordParser) => ({ ...plain, splitter: new LineSplitter(), parse });
  switch (format) {
    case 'binanceTrades':
      return {
        ...onLines(parseBinanceTrade),
        instrumentId: binanceInstrument(name, 'trades', { lines, binance }),
      };
    case 'binanceAggTrades':
      return {
        ...onLines(parseBinanceAggregateTrade),
        instrumentId: binanceInstrument(name, 'aggTrades', { lines, binance }),
      };
    case 'krakenTrades':
      return onLines(parseKrakenTrade);
    case 'freqtradeTrades':
      return { ...plain, splitter: new JsonElementSplitter(), parse: parseFreqtradeTrade };
    case 'binanceStream':
      return { ...onLines(binance.parseStreamLine), namesInstruments: true };
    case 'csv': {
      const found = headerOf(lines);
      return found && onLines(genericParser(found.line, found.header));
    }
  }
}

/** `BTCUSDT-trades-2025-01-01.zip` and, in it, `BTCUSDT-trades-2025-01-01.csv`. */
const BINANCE_FILE = /(?:^|[\\/])([A-Z0-9]{4,30}(?:_\d{6})?)-(trades|aggTrades)-\d{4}-\d\d[^\\/]*$/;

function binanceInstrument(
  name: string,
  kind: 'trades' | 'aggTrades',
  { lines, binance }: { lines: readonly string[]; binance: BinanceDialect },
): InstrumentId | null {
  const [, symbol] = BINANCE_FILE.exec(name) ?? [];
  const line = lines.at(-1);
  if (symbol === undefined || line === undefined) return null;
  return binance.instrumentOf(symbol, binanceMarketOf(lines[1] ?? line, kind));
}
