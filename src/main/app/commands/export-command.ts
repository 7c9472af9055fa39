import { resolve } from 'node:path';
import type { ExportFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubPlace } from './hub-request.ts';
import { runTapeWorks } from './tape-work-command.ts';
import { answer, tell } from './terminal.ts';

export interface ExportCommand extends HubPlace {
  readonly instrument: InstrumentId;
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  readonly format: ExportFormat;
  readonly out: string;
  readonly overwrite: boolean;
  readonly json: boolean;
}

/** Writes a stretch of the tape to a file, and gives the exit code. */
export function exportFile(command: ExportCommand): Promise<number> {
  const { instrument, from, to, format, out, overwrite, json } = command;
  const params = {
    ...{ instrumentId: instrument, format, overwrite, file: resolve(out) },
    ...(from !== undefined && { fromTime: from }),
    ...(to !== undefined && { toTime: to }),
  };
  return runTapeWorks([{ kind: 'export', params }], command, (_, end) => {
    const { state, message, report } = end;
    const { trades } = report;
    if (json) answer(JSON.stringify({ file: params.file, state, message, trades }));
    else if (message !== null) tell(message);
    else if (state === 'done') answer(`${params.file}: ${trades.toLocaleString('en')} trades`);
  });
}
