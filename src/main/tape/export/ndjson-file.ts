import type { RecordedGap } from '../tape-store.ts';
import { TextFile } from './text-file.ts';
import type { ExportHead, TradeFile } from './trade-file.ts';

/**
 * A line of JSON for each thing, by time: `{"kind":"tape",…}` first, then `"trade"`s and `"gap"`s.
 * Times in epoch milliseconds.
 */
export function openNdjsonFile(path: string, { instrumentId, gaps }: ExportHead): TradeFile {
  const file = new TextFile(path);
  const put = (line: object) => file.append(`${JSON.stringify(line)}\n`);
  const waiting: RecordedGap[] = [...gaps];
  const putGapsBefore = (time: number) => {
    for (let next = waiting[0]; next && next.fromTime <= time; next = waiting[0]) {
      const { fromTime, toTime, reason, backfilled } = next;
      put({ kind: 'gap', fromTime, toTime, reason, backfilled });
      waiting.shift();
    }
  };
  put({ kind: 'tape', instrumentId });
  return {
    write: (trades) => {
      for (const { eventTime: time, id, aggressorSide, price, size, receivedTime } of trades) {
        putGapsBefore(time);
        put({ kind: 'trade', time, id, side: aggressorSide, price, size, receivedTime });
      }
    },
    finish: () => {
      putGapsBefore(Number.POSITIVE_INFINITY);
      file.flush();
    },
    close: () => file.close(),
    get bytesWritten() {
      return file.bytesWritten;
    },
  };
}
