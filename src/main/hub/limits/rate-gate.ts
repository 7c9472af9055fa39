import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { RateLimit } from '#contract/hub-limits.ts';

const MS_A_SECOND = 1_000;

type Limiter = Pick<RateLimiterAbstract, 'consume'>;

/**
 * Counts against rate limits, each in its own right for each key. What is counted is forgotten at
 * the end of its period, so that it costs memory only for who was active lately.
 */
export class RateGate<Name extends string> {
  readonly #default: Limiter;
  readonly #limiters = new Map<string, Limiter>();

  constructor(fallback: RateLimit, limits?: Readonly<Partial<Record<Name, RateLimit>>>) {
    this.#default = limiterOf(fallback);
    for (const [name, limit] of Object.entries<RateLimit | undefined>(limits ?? {})) {
      if (limit) this.#limiters.set(name, limiterOf(limit));
    }
  }

  /** Whether one more of this name is within its limit for the key. */
  admits(name: Name, key: string): Promise<boolean> {
    return this.#consume(name, key).then(
      () => true,
      (refusal) => restMs(refusal) === 0,
    );
  }

  /** Zero where one more is within its limit; else how long it is until one will be. */
  waitMs(name: Name, key: string): Promise<number> {
    return this.#consume(name, key).then(() => 0, restMs);
  }

  #consume(name: Name, key: string): Promise<unknown> {
    const own = this.#limiters.get(name);
    return own ? own.consume(key) : this.#default.consume(`${name} ${key}`);
  }
}

/** At least one. What is no refusal is thrown on. */
function restMs(refusal: unknown): number {
  if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
  throw refusal;
}

function limiterOf({ count, periodMs, burst }: RateLimit): Limiter {
  const steady = memoryLimiter(count, periodMs);
  return burst ? new BurstyRateLimiter(steady, memoryLimiter(burst.count, burst.periodMs)) : steady;
}

const memoryLimiter = (points: number, periodMs: number): RateLimiterMemory =>
  new RateLimiterMemory({ points, duration: periodMs / MS_A_SECOND });
