import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogLine, logLineSchema } from '#contract/inspection-requests.ts';
import { LOG_THRESHOLDS } from './log-thresholds.ts';

export interface LogQuery {
  /** The least severe that is wanted. */
  readonly level: LogLine['level'];
  /** Found anywhere in the entry, in any case; '' finds all. */
  readonly search: string;
  readonly limit: number;
  /** What the page before called `next`. */
  readonly after?: string | undefined;
}

export interface LogPage {
  /** Newest first. */
  readonly items: readonly LogLine[];
  /** Null at the end. */
  readonly next: string | null;
}

const FILE_NAME = /^tapedeck\.(\d+)\.log$/;
const CHUNK_BYTES = 64 * 1_024;
/** Of one page: a search for what is not there goes on with the next page, not for ever. */
const MOST_CHUNKS = 64;
const NEWLINE = 10;

/** Where a page ended: all before this byte of this file is yet to be looked at. */
interface Place {
  readonly file: number;
  /** Null: its end. */
  readonly offset: number | null;
}

/** Reads the log's files from their end, a page at a time; none where the folder is not there. */
export async function readLogPage(folder: string, query: LogQuery): Promise<LogPage> {
  const numbers = await fileNumbers(folder);
  const newest = numbers[0];
  let place =
    readPlace(query.after) ?? (newest === undefined ? null : { file: newest, offset: null });
  const items: LogLine[] = [];
  for (let chunks = 0; place && chunks < MOST_CHUNKS && items.length < query.limit; chunks++) {
    place = (await readBack(folder, place, query, items)) ?? fileBefore(numbers, place.file);
  }
  return { items, next: place && `${place.file}:${place.offset ?? ''}` };
}

/** Adds what a chunk before `place` holds; where to go on in this file, null where it is read. */
async function readBack(
  folder: string,
  { file, offset }: Place,
  query: LogQuery,
  items: LogLine[],
): Promise<Place | null> {
  const handle = await openFile(join(folder, `tapedeck.${file}.log`));
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const end = Math.min(offset ?? size, size);
    let start = Math.max(0, end - CHUNK_BYTES);
    let bytes = await bytesOf(handle, start, end);
    // An entry that is longer than a chunk is read whole.
    while (start > 0 && !bytes.includes(NEWLINE)) {
      start = Math.max(0, start - CHUNK_BYTES);
      bytes = await bytesOf(handle, start, end);
    }
    let lineEnd = bytes.length;
    while (lineEnd > 0 && items.length < query.limit) {
      const lineStart = bytes.lastIndexOf(NEWLINE, lineEnd - 1) + 1;
      // Its beginning lies before the chunk.
      if (lineStart === 0 && start > 0) break;
      addWanted(bytes.toString('utf8', lineStart, lineEnd), query, items);
      lineEnd = Math.max(0, lineStart - 1);
    }
    const rest = lineEnd === 0 ? start : start + lineEnd;
    return rest > 0 ? { file, offset: rest } : null;
  } finally {
    await handle.close();
  }
}

function addWanted(text: string, { level, search }: LogQuery, items: LogLine[]): void {
  if (text === '' || !text.toLowerCase().includes(search.toLowerCase())) return;
  const line = parseLine(text);
  if (!line || LOG_THRESHOLDS.indexOf(line.level) < LOG_THRESHOLDS.indexOf(level)) return;
  items.push(line);
}

/** Undefined of a line that is none: the last one of a process that was killed may be cut off. */
function parseLine(text: string): LogLine | undefined {
  try {
    const { time, level, msg, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const told = { time: Date.parse(String(time)), level, message: msg, fields };
    return logLineSchema.safeParse(told).data;
  } catch {
    return undefined;
  }
}

async function bytesOf(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}

/** Null where it has made room since. */
async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch {
    return null;
  }
}

/** Newest first. */
async function fileNumbers(folder: string): Promise<readonly number[]> {
  try {
    const names = await readdir(folder);
    const numbers = names.flatMap((name) => FILE_NAME.exec(name)?.[1] ?? []).map(Number);
    return numbers.sort((a, b) => b - a);
  } catch {
    // A monitor without log files has nothing to read.
    return [];
  }
}

const fileBefore = (numbers: readonly number[], file: number): Place | null => {
  const next = numbers.find((number) => number < file);
  return next === undefined ? null : { file: next, offset: null };
};

function readPlace(text: string | undefined): Place | null {
  const match = /^(\d{1,9}):(\d{0,15})$/.exec(text ?? '');
  if (!match) return null;
  const [, file, offset] = match;
  return { file: Number(file), offset: offset === '' ? null : Number(offset) };
}
