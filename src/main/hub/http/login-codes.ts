import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';

const LIFETIME_MS = 5 * 60_000;
const CODE_BYTES = 32;
/** More than anyone opens within a code's lifetime; the oldest make room. */
const MAX_OUTSTANDING = 64;

/** One-time codes that a page exchanges for its session cookie. Each works once, for five minutes. */
export class LoginCodes {
  readonly #clock: Clock;
  readonly #expiryTimes = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(): string {
    const code = randomBytes(CODE_BYTES).toString('base64url');
    this.#expiryTimes.set(code, this.#clock.now() + LIFETIME_MS);
    for (const oldest of this.#expiryTimes.keys()) {
      if (this.#expiryTimes.size <= MAX_OUTSTANDING) break;
      this.#expiryTimes.delete(oldest);
    }
    return code;
  }

  /** True once for each code issued. */
  redeem(code: string): boolean {
    const expiryTime = this.#expiryTimes.get(code);
    this.#expiryTimes.delete(code);
    return expiryTime !== undefined && this.#clock.now() < expiryTime;
  }
}
