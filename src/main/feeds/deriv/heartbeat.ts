import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DerivConnection } from './connection.ts';
import { readPong } from './parse.ts';

/** A legacy session ends after two idle minutes. */
const PING_EVERY_MS = 30_000;
/** Nothing at all for so long is reason to ask whether anyone is there. */
const QUIET_MS = 10_000;

/** Keeps a session from idling out, and finds out when nobody is there any more. */
export class Heartbeat {
  readonly #connection: Pick<DerivConnection, 'request' | 'lastHeardTime'>;
  readonly #clock: Clock;
  #pingedTime: EpochMs;
  #isPinging = false;

  constructor(connection: Pick<DerivConnection, 'request' | 'lastHeardTime'>, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#pingedTime = clock.now();
  }

  /**
   * Pings where it is time to. False where the other side has said nothing at all while the ping
   * waited for its answer: it is gone, whatever TCP says.
   */
  async beat(): Promise<boolean> {
    if (this.#isPinging || !this.#isDue()) return true;
    this.#isPinging = true;
    this.#pingedTime = this.#clock.now();
    const heardTime = this.#connection.lastHeardTime;
    const answer = await this.#connection.request({ ping: 1 }, readPong);
    this.#isPinging = false;
    return answer.ok || this.#connection.lastHeardTime > heardTime;
  }

  #isDue(): boolean {
    const now = this.#clock.now();
    // A clock that was set is no reason to wait: Deriv ends an idle session.
    const sincePing = Math.abs(now - this.#pingedTime);
    const isQuiet = now - this.#connection.lastHeardTime >= QUIET_MS && sincePing >= QUIET_MS;
    return sincePing >= PING_EVERY_MS || isQuiet;
  }
}
