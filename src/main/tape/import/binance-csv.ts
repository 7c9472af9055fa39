import { type ImportedTrade, type RecordParser, shortened, tradeOf } from './imported-trade.ts';
import { parseTime } from './time-text.ts';

/**
 * Binance's public data, https://github.com/binance/binance-public-data: without a header on spot,
 * with one in newer futures files; times in milliseconds, in newer spot files in microseconds.
 * - trades: id, price, qty, quote qty, time, is buyer maker [, is best match: spot only]
 * - aggTrades: id, price, qty, first id, last id, time, is buyer maker [, is best match: spot only]
 */
interface Layout {
  readonly time: number;
  readonly isBuyerMaker: number;
  readonly futuresColumns: number;
}

const TRADES: Layout = { time: 4, isBuyerMaker: 5, futuresColumns: 6 };
const AGGREGATE_TRADES: Layout = { time: 5, isBuyerMaker: 6, futuresColumns: 7 };

const ID = /^\d{1,15}$/;
const HEADER = /^(?:id|trade_id|agg_trade_id|a),/i;

export const isBinanceHeader = (line: string): boolean => HEADER.test(line) && /maker/i.test(line);

export const parseBinanceTrade: RecordParser = (line) => parse(line, TRADES);
export const parseBinanceAggregateTrade: RecordParser = (line) => parse(line, AGGREGATE_TRADES);

function parse(line: string, layout: Layout): ImportedTrade | string | null {
  const fields = line.split(',');
  const { futuresColumns } = layout;
  if (fields.length !== futuresColumns && fields.length !== futuresColumns + 1)
    return `has ${fields.length} columns in place of ${futuresColumns} or ${futuresColumns + 1}`;
  const [id = '', price = '', size = ''] = fields;
  if (!ID.test(id)) return isBinanceHeader(line) ? null : `id "${shortened(id)}" is not a number`;
  const isBuyerMaker = booleanOf(fields[layout.isBuyerMaker] ?? '');
  if (isBuyerMaker === null) return 'whether the buyer was the maker is not true or false';
  if (price.startsWith('-')) return 'price is negative';
  return tradeOf({
    ...{ id, price, size, side: isBuyerMaker ? 'sell' : 'buy' },
    eventTime: parseTime(fields[layout.time] ?? ''),
  });
}

function booleanOf(text: string): boolean | null {
  switch (text) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return null;
  }
}

/** Only spot says of each trade whether it was the best match. */
export function binanceMarketOf(line: string, kind: 'trades' | 'aggTrades'): 'spot' | 'usdm' {
  const { futuresColumns } = kind === 'trades' ? TRADES : AGGREGATE_TRADES;
  return line.split(',').length > futuresColumns ? 'spot' : 'usdm';
}
