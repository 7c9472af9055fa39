import type { ExportFormat, ImportFormat } from '#contract/tape-requests.ts';

export const FORMAT_NAMES: Readonly<Record<ImportFormat | ExportFormat, string>> = {
  binanceTrades: 'Binance trades',
  binanceAggTrades: 'Binance aggTrades',
  krakenTrades: 'Kraken time and sales',
  freqtradeTrades: 'freqtrade trades',
  binanceStream: 'Binance stream lines',
  csv: 'CSV',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
};
