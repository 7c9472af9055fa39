import type { Result } from '#contract/errors.ts';
import { isOutOfReach, sqliteFailure } from '#main/storage/sqlite-failure.ts';

/** What the ledger's disk does not allow is refused with the reason; any other fault stays one. */
export async function refusingUnwritable<T>(
  ledgerPath: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    return sqliteFailure(error, ledgerPath);
  }
}
