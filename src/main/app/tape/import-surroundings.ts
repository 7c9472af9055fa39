import { instrumentId } from '#domain/instrument.ts';
import { splitSymbol } from '#main/feeds/binance/symbols.ts';
import { gunzipChunks } from '#main/feeds/replay/gunzip.ts';
import { parseRecordedLine } from '#main/feeds/replay/recorded-line.ts';
import type { BinanceDialect } from '#main/tape/import/formats.ts';
import type { ParsedRecord } from '#main/tape/import/imported-trade.ts';

const BINANCE = 'binance';
const RECEIVED = /^\d{19} \{/;
const TRADE_STREAM = '@trade"';

/** What importers borrow from the feeds. */
export const binanceDialect: BinanceDialect = {
  parseStreamLine,
  instrumentOf: (name, market) => {
    const parts = splitSymbol(name, market);
    return parts ? instrumentId(BINANCE, parts.symbol) : null;
  },
};

export const gunzip = gunzipChunks;

/** Single trades only: where aggregated ones are recorded beside them, they are the same once more. */
function parseStreamLine(line: string): ParsedRecord {
  // Most lines are quotes and depth, and far longer.
  if (RECEIVED.test(line) && !line.includes(TRADE_STREAM)) return null;
  const parsed = parseRecordedLine(line);
  if (!parsed.ok) return parsed.reason;
  const { message, receivedTime } = parsed.value;
  if (message.kind !== 'trade') return null;
  const { id, price, size, aggressorSide: side, eventTime, market, symbol } = message;
  const instrument = binanceDialect.instrumentOf(symbol, market);
  if (instrument === null) return `${symbol} is not a known pair`;
  return { id, price, size, side, eventTime, receivedTime, instrumentId: instrument };
}
