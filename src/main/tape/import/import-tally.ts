import { type BadLine, MOST_BAD_LINES, type TapeJob } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Additions } from './instrument-import.ts';

/** How far an import is, and what it found. */
export type ImportReport = Pick<
  TapeJob,
  | ('format' | 'instrumentIds' | 'progress' | 'bytesDone' | 'bytesTotal' | 'trades')
  | 'candles'
  | ('duplicates' | 'badLines' | 'badLineSamples' | 'backwards' | 'inferredSides')
>;

/** Adds up over all parts of a file. */
export class ImportTally {
  format: ImportReport['format'] = null;
  readonly #instrumentIds = new Set<InstrumentId>();
  readonly #samples: BadLine[] = [];
  readonly #sums = { trades: 0, duplicates: 0, backwards: 0, inferredSides: 0, badLines: 0 };

  addBadLine(bad: BadLine): void {
    this.#sums.badLines++;
    if (this.#samples.length < MOST_BAD_LINES) this.#samples.push(bad);
  }

  addTrades(instrumentId: InstrumentId, added: Additions): void {
    this.#instrumentIds.add(instrumentId);
    this.#sums.trades += added.trades;
    this.#sums.duplicates += added.duplicates;
    this.#sums.backwards += added.backwards;
    this.#sums.inferredSides += added.inferredSides;
  }

  report(place: Pick<ImportReport, 'progress' | 'bytesDone' | 'bytesTotal'>): ImportReport {
    return {
      format: this.format,
      instrumentIds: [...this.#instrumentIds],
      ...place,
      ...this.#sums,
      candles: 0,
      badLineSamples: [...this.#samples],
    };
  }
}
