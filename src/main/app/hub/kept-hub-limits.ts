import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import {
  type HubLimitChanges,
  type HubLimits,
  type HubLimitsView,
  hubLimitChangesSchema,
} from '#contract/hub-limits.ts';
import { DEFAULT_HUB_LIMITS } from '#main/hub/limits/hub-limits.ts';
import { readConfigFile } from '../config-file.ts';

const fileIn = (directory: string): string => join(directory, 'hub-limits.json');

/** What is not as by default. A file that is wrong is an error: what it should have said would not hold. */
export async function readHubLimits(directory: string): Promise<Result<HubLimitChanges>> {
  const read = await readConfigFile(fileIn(directory), hubLimitChangesSchema);
  return read.ok ? succeed(read.value ?? {}) : read;
}

/** The hub's limits (rule H4), kept in a file that a user may write as well, and read at the start. */
export class KeptHubLimits {
  readonly #directory: string;
  readonly #inUse: HubLimits;

  constructor(directory: string, inUse: HubLimits) {
    this.#directory = directory;
    this.#inUse = inUse;
  }

  /** What is kept is read each time: the file may have been written by hand meanwhile. */
  async view(): Promise<Result<HubLimitsView>> {
    const kept = await readHubLimits(this.#directory);
    if (!kept.ok) return kept;
    return succeed({ inUse: this.#inUse, defaults: DEFAULT_HUB_LIMITS, kept: kept.value });
  }

  /** In place of all that was kept. */
  async keep(changes: HubLimitChanges): Promise<Result<HubLimitsView>> {
    const file = fileIn(this.#directory);
    const unfinished = `${file}.new`;
    try {
      writeFileSync(unfinished, `${JSON.stringify(changes, null, 2)}\n`);
      renameSync(unfinished, file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail('unavailable', `${file} cannot be written: ${reason}`);
    }
    return this.view();
  }
}
