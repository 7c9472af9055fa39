import { hkdfSync, randomBytes } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams, RequestResult, TokenInfo } from '#contract/requests.ts';
import { type Caller, ownerCaller, type Scope, scopeSchema } from '#contract/scopes.ts';
import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { isOwnerToken } from './owner-token.ts';
import type { TokenStore } from './token-store.ts';

/** Who a token speaks for. The owner's token has neither id nor expiry. */
export interface Identity {
  readonly caller: Caller;
  readonly tokenId: string | null;
  readonly expiryTime: EpochMs | null;
}

export interface TokenAuthorityOptions {
  readonly ownerToken: string;
  /** The user whom everything belongs to. */
  readonly ownerId: string;
  readonly store: TokenStore;
  readonly clock: Clock;
}

type IssueRequest = RequestParams<'tokens.issue'>;

const ALGORITHM = 'HS256';
const ISSUER = 'tapedeck';
const KEY_BYTES = 32;
const ID_BYTES = 12;
const MS_A_SECOND = 1_000;
/** A use is written down once a minute at most: each write is a flush to disk. */
const USE_RESOLUTION_MS = 60_000;
const UNAUTHORIZED = fail('unauthorized', 'The token is not good, no longer good or revoked');
const ACCESS_DENIED = fail('access_denied', 'Access denied');

const claimsSchema = z.object({
  sub: z.string(),
  jti: z.string(),
  exp: z.number(),
  scope: z
    .string()
    .transform((text) => text.split(' '))
    .pipe(z.array(scopeSchema)),
  bots: z.array(z.string()).optional(),
});

/**
 * Issues, checks and revokes tokens (rule H1). A token is a JWT under a key that is derived from the
 * owner's token; it is good while its signature, its time and its row in the store all are.
 */
export class TokenAuthority {
  readonly #options: TokenAuthorityOptions;
  readonly #key: Uint8Array;
  readonly #revocationListeners = new Set<(tokenId: string) => void>();

  constructor(options: TokenAuthorityOptions) {
    this.#options = options;
    const salt = '';
    this.#key = new Uint8Array(
      hkdfSync('sha256', options.ownerToken, salt, 'tapedeck tokens', KEY_BYTES),
    );
  }

  get owner(): Identity {
    return { caller: ownerCaller(this.#options.ownerId), tokenId: null, expiryTime: null };
  }

  /** Whoever the token is of; a failure tells nothing of why. */
  async identify(token: string): Promise<Result<Identity>> {
    const { ownerToken, store, clock } = this.#options;
    if (isOwnerToken(token, ownerToken)) return succeed(this.owner);
    const claims = isCanonical(token) ? await this.#verify(token) : undefined;
    const kept = claims ? store.get(claims.jti) : null;
    if (!claims || !kept || kept.revokedTime !== null || kept.userId !== claims.sub) {
      return UNAUTHORIZED;
    }
    this.#markUsed(kept, clock.now());
    return succeed({
      caller: this.#callerOf(claims.sub, claims.scope, claims.bots),
      tokenId: claims.jti,
      expiryTime: (claims.exp * MS_A_SECOND) as EpochMs,
    });
  }

  /** Nobody can give what he does not have: scopes, bots, or the owner's name. */
  async issue(request: IssueRequest, by: Caller): Promise<Result<RequestResult<'tokens.issue'>>> {
    const { store, clock, ownerId } = this.#options;
    const { userId, botIds } = request;
    const scopes = [...new Set(request.scopes)];
    const given = this.#callerOf(userId, scopes, botIds);
    if (!includes(by, given) || (userId === ownerId && by.userId !== ownerId)) return ACCESS_DENIED;
    const id = randomBytes(ID_BYTES).toString('hex');
    const issuedSecond = Math.floor(clock.now() / MS_A_SECOND);
    const expirySecond = issuedSecond + request.expiresInSeconds;
    const token = await new SignJWT({ scope: scopes.join(' '), ...(botIds && { bots: botIds }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setSubject(userId)
      .setJti(id)
      .setIssuedAt(issuedSecond)
      .setExpirationTime(expirySecond)
      .sign(this.#key);
    const issued: TokenInfo = {
      id,
      userId,
      scopes,
      botIds: botIds ?? null,
      issuedTime: (issuedSecond * MS_A_SECOND) as EpochMs,
      expiryTime: (expirySecond * MS_A_SECOND) as EpochMs,
      revokedTime: null,
      lastUsedTime: null,
    };
    store.insert(issued);
    return succeed({ token, issued });
  }

  list(): readonly TokenInfo[] {
    return this.#options.store.list();
  }

  /** Ends the token, and the connections that it opened. Once revoked is revoked. */
  revoke(id: string): Result<TokenInfo> {
    const { store, clock } = this.#options;
    const kept = store.get(id);
    if (!kept) return fail('not_found', `There is no token ${id}`);
    if (kept.revokedTime !== null) return succeed(kept);
    const revokedTime = clock.now();
    store.revoke(id, revokedTime);
    for (const listener of this.#revocationListeners) listener(id);
    return succeed({ ...kept, revokedTime });
  }

  isRevoked(id: string): boolean {
    return (this.#options.store.get(id)?.revokedTime ?? null) !== null;
  }

  /** The returned function stops it. */
  onRevoked(listener: (tokenId: string) => void): () => void {
    this.#revocationListeners.add(listener);
    return () => this.#revocationListeners.delete(listener);
  }

  async #verify(token: string): Promise<z.infer<typeof claimsSchema> | undefined> {
    const payload = await jwtVerify(token, this.#key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: ISSUER,
      requiredClaims: ['sub', 'jti', 'exp', 'scope'],
      currentDate: new Date(this.#options.clock.now()),
    }).then(
      (verified): JWTPayload | undefined => verified.payload,
      () => undefined,
    );
    return payload && claimsSchema.safeParse(payload).data;
  }

  #callerOf(userId: string, scopes: readonly Scope[], bots: readonly string[] | undefined): Caller {
    return { userId, scopes, bots: bots ?? (userId === this.#options.ownerId ? 'all' : []) };
  }

  #markUsed({ id, lastUsedTime }: TokenInfo, now: EpochMs): void {
    if (lastUsedTime !== null && now - lastUsedTime < USE_RESOLUTION_MS) return;
    this.#options.store.markUsed(id, now);
  }
}

const COMPACT_JWT = /^[\w-]+\.[\w-]+\.([\w-]+)$/;

/** There is one text for a token: a decoder may overlook blanks and the last spare bits. */
function isCanonical(token: string): boolean {
  const [, signature = ''] = COMPACT_JWT.exec(token) ?? [];
  const decoded = Buffer.from(signature, 'base64url');
  return decoded.length > 0 && decoded.toString('base64url') === signature;
}

function includes(giver: Caller, given: Caller): boolean {
  const { bots } = giver;
  const reachesBots =
    bots === 'all' || (given.bots !== 'all' && given.bots.every((id) => bots.includes(id)));
  return reachesBots && given.scopes.every((scope) => giver.scopes.includes(scope));
}
