import { type RecordParser, tradeOf } from './imported-trade.ts';
import { parseTime } from './time-text.ts';

/**
 * Kraken's downloadable time and sales: unix seconds (with a fraction in some), price, volume; no
 * header, no side, no id.
 * https://support.kraken.com/articles/360047543791-downloadable-historical-market-data-time-and-sales-
 */
const COLUMNS = 3;

export const parseKrakenTrade: RecordParser = (line) => {
  const fields = line.split(',');
  if (fields.length !== COLUMNS) return `has ${fields.length} columns in place of ${COLUMNS}`;
  const [time = '', price = '', size = ''] = fields;
  return tradeOf({ id: null, side: null, price, size, eventTime: parseTime(time) });
};
