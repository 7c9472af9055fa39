import { resolve } from 'node:path';
import type { Result } from '#contract/errors.ts';
import type { RequestResult } from '#contract/requests.ts';
import { openDataDirectory } from '#main/storage/data-directory.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { backUpTape } from '../requests/tape-requests.ts';
import { askHub, type HubPlace } from './hub-request.ts';
import { answer, tell } from './terminal.ts';

/** A day of copying; the hub says so itself where it fails. */
const COPYING_TIMEOUT_MS = 86_400_000;

/** Copies the tape to a file, while it is recorded or not, and gives the exit code. */
export async function backUp(name: string, place: HubPlace): Promise<number> {
  const copied = await copy(resolve(name), place);
  if (!copied.ok) {
    tell(copied.error.message);
    return 1;
  }
  answer(`${copied.value.file}: ${copied.value.bytes.toLocaleString('en')} bytes`);
  return 0;
}

/** By the monitor that has the data directory, or here where none has. */
async function copy(file: string, place: HubPlace): Promise<Result<RequestResult<'tape.backup'>>> {
  const directory = openDataDirectory(place.dataDir);
  if (!directory.ok) {
    const asked = await askHub(place, 'tape.backup', { file }, COPYING_TIMEOUT_MS);
    return asked.ok || asked.error.code !== 'unavailable' ? asked : directory;
  }
  try {
    const tape = openTapeDatabase(directory.value.tapePath);
    if (!tape.ok) return tape;
    const copied = await backUpTape(tape.value, file);
    tape.value.close();
    return copied;
  } finally {
    directory.value.close();
  }
}
