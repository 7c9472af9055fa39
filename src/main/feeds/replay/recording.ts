import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Rejection } from '../feed.ts';
import type { RecordingBytes } from './gunzip.ts';
import { LineSplitter, type NumberedLine } from './line-splitter.ts';
import { parseRecordedLine, type RecordedMessage } from './recorded-line.ts';
import { openRecording, type ReadListener } from './recording-file.ts';

/** A line of a recording, read or refused. */
export type RecordingEntry =
  | { readonly ok: true; readonly line: number; readonly value: RecordedMessage }
  | ({ readonly ok: false } & Rejection);

/**
 * Reads a recording from its beginning, a few hundred lines at a time, in bounded memory. A file that
 * is cut off or damaged yields everything before, then one refusal that says so.
 */
export async function readRecording(
  file: string,
): Promise<Result<(onRead?: ReadListener) => AsyncGenerator<readonly RecordingEntry[]>>> {
  const opened = await openRecording(file);
  if (!opened.ok) return opened;
  return succeed((onRead) => entriesOf(opened.value(onRead)));
}

async function* entriesOf(bytes: RecordingBytes): AsyncGenerator<readonly RecordingEntry[]> {
  const splitter = new LineSplitter();
  try {
    for (;;) {
      const next = await bytes.next();
      if (!next.done) {
        yield splitter.push(next.value).map(entryOf);
      } else if (next.value === null) {
        yield splitter.finish().map(entryOf);
        return;
      } else {
        yield [damageEntry(splitter, next.value.reason)];
        return;
      }
    }
  } finally {
    await bytes.return(null);
  }
}

function entryOf({ number, text }: NumberedLine): RecordingEntry {
  if (text === null) return { ok: false, line: number, reason: 'the line is too long' };
  const parsed = parseRecordedLine(text);
  return parsed.ok
    ? { ok: true, line: number, value: parsed.value }
    : { ok: false, line: number, reason: parsed.reason };
}

function damageEntry(splitter: LineSplitter, reason: string): RecordingEntry {
  const { nextNumber: line, unfinishedBytes } = splitter;
  const lost = unfinishedBytes > 0 ? '; the line that it breaks is left out' : '';
  return { ok: false, line, reason: `${reason}${lost}` };
}

/** Why a reading broke off in the middle: the disk, not the content. */
export const readFailure = (file: string, error: unknown) =>
  fail(
    'unavailable',
    `${file} could not be read to its end (${String(error)}): look at the disk that it is on, and try again.`,
  );
