import { fail, type Result, succeed } from '#contract/errors.ts';
import { DamagedBytes } from './bytes.ts';

/** A block that does not follow the format is a failure, not a fault. */
export function orDamaged<T>(read: () => T): Result<T> {
  try {
    return succeed(read());
  } catch (error) {
    // Errors of zlib carry a code; anything else is a bug, not damage.
    const isDamage = error instanceof DamagedBytes || (error instanceof Error && 'code' in error);
    if (!isDamage) throw error;
    return fail('invalid_payload', `A block of the tape cannot be read: ${error.message}.`);
  }
}
