import { hkdfSync } from 'node:crypto';
import { parseSigned, serializeSigned } from 'hono/utils/cookie';
import type { Clock } from '#domain/clock.ts';

const LIFETIME_SECONDS = 30 * 24 * 3_600;
const KEY_BYTES = 32;

export interface SessionCookieOptions {
  /** The key is derived from it: a session outlives a restart, and ends with the token. */
  readonly ownerToken: string;
  /** Stands in the name: cookies do not tell the ports of a host apart. */
  readonly port: number;
  readonly clock: Clock;
}

/** The owner's session in a browser: signed, with its expiry inside, out of scripts' reach. */
export class SessionCookie {
  readonly name: string;
  readonly #key: ArrayBuffer;
  readonly #clock: Clock;

  constructor({ ownerToken, port, clock }: SessionCookieOptions) {
    this.name = `tapedeck_session_${port}`;
    this.#key = hkdfSync('sha256', ownerToken, '', 'tapedeck session cookie', KEY_BYTES);
    this.#clock = clock;
  }

  /** The value of a `Set-Cookie` header; `isSecure`: for a page that came encrypted, and never for another. */
  issue({ isSecure }: { readonly isSecure: boolean }): Promise<string> {
    const expiryTime = this.#clock.now() + LIFETIME_SECONDS * 1_000;
    return serializeSigned(this.name, String(expiryTime), this.#key, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isSecure,
      path: '/',
      maxAge: LIFETIME_SECONDS,
    });
  }

  /** Whether a `Cookie` header carries a session that is signed by us and not over. */
  async isIn(header: string | undefined): Promise<boolean> {
    if (header === undefined) return false;
    const value = (await parseSigned(header, this.#key, this.name))[this.name];
    return typeof value === 'string' && this.#clock.now() < Number(value);
  }
}
