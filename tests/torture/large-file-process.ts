import type { InstrumentId } from '#domain/instrument.ts';
import { doTapeWork } from '#main/app/tape/tape-work.ts';
import { openTapeForImport } from '#main/storage/tape-import.ts';
import { unwrap } from './tape-soundness.ts';

/** Imports one file and says, as JSON, what came of it and what memory it took. */
export interface LargeImport {
  readonly state: string;
  readonly message: string | null;
  readonly trades: number;
  readonly badLines: number;
  readonly bytesDone: number;
  readonly seconds: number;
  /** The most that the process held in memory, beyond what it held before. */
  readonly growthMb: number;
}

const [path = '', file = '', instrument = ''] = process.argv.slice(2);
const KB_A_MB = 1_024;
const MS_A_SECOND = 1_000;
const mostMb = (): number => Math.round(process.resourceUsage().maxRSS / KB_A_MB);

const tape = unwrap(openTapeForImport(path));
const params = { file, format: 'auto', instrumentId: instrument as InstrumentId } as const;
const { signal } = new AbortController();
const before = mostMb();
const begun = performance.now();
const { state, message, report } = await doTapeWork(
  { kind: 'import', params },
  { tape, signal, onProgress: () => undefined },
);
tape.close();
const said: LargeImport = {
  ...{ state, message, trades: report.trades, bytesDone: report.bytesDone },
  badLines: 'badLines' in report ? report.badLines : 0,
  seconds: Math.round((performance.now() - begun) / MS_A_SECOND),
  growthMb: mostMb() - before,
};
process.stdout.write(JSON.stringify(said));
