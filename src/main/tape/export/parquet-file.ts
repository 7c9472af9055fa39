import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Trade } from '#domain/trade.ts';
import type { ExportHead, TradeFile } from './trade-file.ts';

/** What is in memory at once: about 10 MB. */
const ROW_GROUP = 100_000;

const required = { repetition_type: 'REQUIRED' } as const;
/** Microseconds, so that what exchanges tell of a millisecond is kept. */
const timestamp = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MICROS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
} as const;
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const number = { type: 'DOUBLE' } as const;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];
const SCHEMA: Schema = [
  { name: 'trades', num_children: 6 },
  { name: 'time', ...timestamp, ...required },
  { name: 'id', ...text, ...required },
  { name: 'side', ...text, ...required },
  { name: 'price', ...number, ...required },
  { name: 'size', ...number, ...required },
  { name: 'received_time', ...timestamp, ...required },
];

/** One row a trade; instrument and gaps (JSON) are in the file's metadata. */
export function openParquetFile(path: string, { instrumentId, gaps }: ExportHead): TradeFile {
  const writer = fileWriter(path);
  const file = new ParquetWriter({
    writer,
    schema: SCHEMA,
    kvMetadata: [
      { key: 'tapedeck.instrument', value: instrumentId },
      { key: 'tapedeck.gaps', value: JSON.stringify(gaps) },
    ],
    createdBy: 'Tapedeck',
  });
  let rows: Trade[] = [];
  const writeGroup = (): void => {
    void file.write({ columnData: columnsOf(rows), rowGroupSize: ROW_GROUP });
    rows = [];
  };
  return {
    write: (trades) => {
      for (const trade of trades) {
        rows.push(trade);
        if (rows.length === ROW_GROUP) writeGroup();
      }
    },
    finish: () => {
      if (rows.length > 0) writeGroup();
      void file.finish();
    },
    close: () => undefined,
    get bytesWritten() {
      return writer.offset;
    },
  };
}

const columnsOf = (rows: readonly Trade[]) => [
  { name: 'time', data: rows.map(({ eventTime }) => micros(eventTime)) },
  { name: 'id', data: rows.map(({ id }) => id) },
  { name: 'side', data: rows.map(({ aggressorSide }) => aggressorSide) },
  { name: 'price', data: Float64Array.from(rows, ({ price }) => price) },
  { name: 'size', data: Float64Array.from(rows, ({ size }) => size) },
  { name: 'received_time', data: rows.map(({ receivedTime }) => micros(receivedTime)) },
];

const micros = (ms: number): bigint => BigInt(Math.round(ms * 1_000));
