import { stringifyField } from './csv-field.ts';
import { TextFile } from './text-file.ts';
import type { TradeFile } from './trade-file.ts';

const HEADER = 'time,id,side,price,size,received_time';

/**
 * Trades only, times in epoch milliseconds; the importer for CSV reads it back to the last digit.
 * A comment would trip most readers of CSV, so that gaps are told in the other formats.
 */
export function openCsvFile(path: string): TradeFile {
  const file = new TextFile(path);
  file.append(`${HEADER}\n`);
  return {
    write: (trades) => {
      for (const { eventTime, id, aggressorSide, price, size, receivedTime } of trades) {
        file.append(
          `${eventTime},${stringifyField(id)},${aggressorSide},${price},${size},${receivedTime}\n`,
        );
      }
    },
    finish: () => file.flush(),
    close: () => file.close(),
    get bytesWritten() {
      return file.bytesWritten;
    },
  };
}
