import { resolve } from 'node:path';
import type { ImportFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { ImportReport } from '#main/tape/import/import-tally.ts';
import type { TapeWorkReport } from '../tape/tape-work.ts';
import { count, tellBadLines } from './bad-lines.ts';
import type { HubPlace } from './hub-request.ts';
import { runTapeWorks } from './tape-work-command.ts';
import { answer, tell } from './terminal.ts';

export interface ImportCommand extends HubPlace {
  readonly instrument?: InstrumentId;
  readonly format: ImportFormat | 'auto';
  readonly json: boolean;
}

/** Brings files onto the tape, one after the other, and gives the exit code. */
export function importFiles(files: readonly string[], command: ImportCommand): Promise<number> {
  const { format, instrument, json } = command;
  const works = files.map((file) => ({
    kind: 'import' as const,
    params: {
      ...{ file: resolve(file), format },
      ...(instrument && { instrumentId: instrument }),
    },
  }));
  return runTapeWorks(works, command, ({ params }, { state, message, report }) => {
    if (isImport(report)) tellBadLines(report);
    if (json) answer(JSON.stringify({ file: params.file, state, message, ...report }));
    else {
      if (message !== null) tell(message);
      if (isImport(report) && (state !== 'failed' || report.trades > 0))
        answer(summary(params.file, state, report));
    }
  });
}

const isImport = (report: TapeWorkReport): report is ImportReport => 'badLines' in report;

function summary(file: string, state: string, report: ImportReport): string {
  const { trades, candles, duplicates, badLines, backwards, inferredSides } = report;
  const what = report.format === 'candles' ? 'candle' : 'trade';
  const facts = [
    `${count(trades + candles, `new ${what}`)} of ${report.instrumentIds.join(', ') || 'no instrument'}`,
    duplicates > 0 && `${count(duplicates, what)} on the tape already`,
    badLines > 0 && `${count(badLines, 'line')} left out`,
    backwards > 0 && `times ran backwards ${count(backwards, 'time')}`,
    inferredSides > 0 && `sides of ${count(inferredSides, 'trade')} taken by the tick rule`,
  ].filter((fact) => fact !== false);
  return `${file}: ${state === 'done' ? '' : `${state} after `}${facts.join('; ')}`;
}
