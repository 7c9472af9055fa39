import { basename } from 'node:path';
import { fail, type Result } from '#contract/errors.ts';
import type { TradeFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { type BinanceDialect, describeFormat, recogniseFormat } from './formats.ts';
import type { ImportStore } from './import-store.ts';
import { type ImportReport, ImportTally } from './import-tally.ts';
import { fileFailure, openInput } from './input.ts';
import type { Damage, Gunzip, InputPart, InputParts } from './input-parts.ts';
import { PartImport } from './part-import.ts';

export interface ImportRequest {
  readonly file: string;
  readonly format: TradeFormat | 'auto';
  /** Where the file does not tell; goes before what its name tells. */
  readonly instrumentId: InstrumentId | null;
}

export interface ImportSurroundings {
  readonly store: ImportStore;
  readonly gunzip: Gunzip;
  readonly binance: BinanceDialect;
  /** Ends the import; what was read until then is on the tape. */
  readonly signal: AbortSignal;
  /** Often: after each piece of the file. */
  readonly onProgress: (report: ImportReport) => void;
}

export interface ImportEnd {
  readonly state: 'done' | 'canceled' | 'failed';
  /** Why it failed, or what is worth knowing; else null. */
  readonly message: string | null;
  readonly report: ImportReport;
}

const HEAD_BYTES = 64 * 1_024;

/**
 * Brings the trades of a file onto the tape, each once, whoever brought or recorded it before. Bad
 * lines are counted and left out. A file that ends too early leaves what came before its end.
 */
export async function importFile(
  request: ImportRequest,
  surroundings: ImportSurroundings,
): Promise<ImportEnd> {
  const tally = new ImportTally();
  let place = { progress: 0, bytesDone: 0, bytesTotal: 0 };
  const report = () => tally.report(place);
  let measure = (): void => undefined;
  const onProgress = (): void => {
    measure();
    surroundings.onProgress(report());
  };
  const { gunzip, signal } = surroundings;
  const input = await openInput(request.file, { gunzip, signal, onProgress });
  if (!input.ok) return { state: 'failed', message: input.error.message, report: report() };
  const { bytesTotal, meter } = input.value;
  measure = () => {
    const bytesDone = Math.min(meter.read, bytesTotal);
    place = { progress: meter.progress, bytesDone, bytesTotal };
  };
  const parts = new FileParts(request, surroundings, tally, onProgress);
  try {
    const end = await parts.importAll(input.value.parts());
    measure();
    return { ...end, report: report() };
  } catch (error) {
    const { message } = fileFailure(request.file, error).error;
    return { state: 'failed', message, report: report() };
  }
}

type Ending = Omit<ImportEnd, 'report'>;

/** The file, or the files in the archive, one after the other. */
class FileParts {
  readonly #request: ImportRequest;
  readonly #surroundings: ImportSurroundings;
  readonly #tally: ImportTally;
  readonly #onProgress: () => void;
  /** Why parts were passed over, or ended too early. */
  readonly #remarks: string[] = [];
  #imported = 0;

  constructor(
    request: ImportRequest,
    surroundings: ImportSurroundings,
    tally: ImportTally,
    onProgress: () => void,
  ) {
    this.#request = request;
    this.#surroundings = surroundings;
    this.#tally = tally;
    this.#onProgress = onProgress;
  }

  async importAll(parts: InputParts): Promise<Ending> {
    for (;;) {
      const next = await parts.next();
      if (next.done) return this.#end(next.value);
      const imported = await this.#import(next.value);
      if (!imported.ok && imported.error.code !== 'invalid_payload') {
        await parts.return(null);
        return { state: 'failed', message: imported.error.message };
      }
      if (imported.ok) this.#imported++;
      else this.#remarks.push(imported.error.message);
      if (this.#surroundings.signal.aborted) {
        await parts.return(null);
        return { state: 'canceled', message: null };
      }
    }
  }

  #end(damage: Damage): Ending {
    if (damage) this.#remarks.push(damage.reason);
    const file = this.#request.file;
    if (this.#imported === 0) {
      const why = damage?.reason ?? this.#remarks[0] ?? 'there is no file in it';
      return { state: 'failed', message: sentence(file, why) };
    }
    const [remark, ...more] = this.#remarks;
    if (remark === undefined) return { state: 'done', message: null };
    const others = more.length === 0 ? '' : ` (and ${more.length} more like it)`;
    return { state: 'done', message: sentence(file, remark + others) };
  }

  /** `invalid_payload` where the part is nothing that can be imported: others may be. */
  async #import(part: InputPart): Promise<Result<void>> {
    const { file, format: wanted, instrumentId } = this.#request;
    const { binance, store, signal } = this.#surroundings;
    const bytes = part.bytes();
    const { pieces, end } = await readHead(bytes);
    const head = Buffer.concat(pieces).subarray(0, HEAD_BYTES).toString('utf8');
    const format = recogniseFormat({ head, name: part.name, wanted, binance });
    if (!format) return close(bytes, unrecognised(wanted, end ? end.damage : null));
    this.#tally.format = format.format;
    const known = instrumentId ?? format.instrumentId;
    if (known === null && !format.namesInstruments)
      return close(bytes, nameless(describeFormat(format.format)));
    const place = part.name === file ? '' : `${part.name}: `;
    const importing = new PartImport({
      ...{ format, store, place, tally: this.#tally },
      instrumentId: format.namesInstruments ? null : known,
    });
    const begun = importing.take(pieces);
    if (!begun.ok) return close(bytes, begun);
    let ending = end;
    while (!ending && !signal.aborted) {
      const next = await bytes.next();
      if (next.done) {
        ending = { damage: next.value };
        break;
      }
      const taken = importing.take([next.value]);
      if (!taken.ok) return close(bytes, taken);
      this.#onProgress();
    }
    if (ending?.damage) this.#remarks.push(`${ending.damage.reason}; what came before it was kept`);
    const isWhole = ending !== null && ending.damage === null;
    return close(bytes, importing.finish(isWhole));
  }
}

async function close<T>(bytes: AsyncGenerator<unknown, Damage>, result: T): Promise<T> {
  await bytes.return(null);
  return result;
}

/** Enough to see what it is; `end` where that was all. */
async function readHead(bytes: AsyncGenerator<Buffer, Damage>): Promise<{
  readonly pieces: Buffer[];
  readonly end: { readonly damage: Damage } | null;
}> {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await bytes.next();
    if (next.done) return { pieces, end: { damage: next.value } };
    pieces.push(next.value);
    length += next.value.length;
  }
  return { pieces, end: null };
}

function unrecognised(wanted: TradeFormat | 'auto', damage: Damage): Result<never> {
  if (damage) return fail('invalid_payload', damage.reason);
  const what = wanted === 'auto' ? 'trades in a known format' : `a ${describeFormat(wanted)}`;
  return fail('invalid_payload', `it does not hold ${what}`);
}

const nameless = (format: string): Result<never> =>
  fail(
    'invalid_payload',
    `${format} does not name its instrument: say which it is, as in --instrument binance:BTC/USDT`,
  );

const sentence = (file: string, why: string): string =>
  why.startsWith(file) ? why : `${basename(file)}: ${why}.`;
