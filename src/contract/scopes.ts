import { z } from 'zod';

/** What a token allows. None includes another: a token that trades and reads names both. */
export const SCOPES = ['read', 'trade', 'publish', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
export const scopeSchema = z.enum(SCOPES);

/** As it stands in channel names (`user:{userId}:…`). */
export const userIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a user id');

/** Who asks, and what he may do (rules H1, H2). */
export interface Caller {
  readonly userId: string;
  readonly scopes: readonly Scope[];
  /** The bots that he reaches: all of them, or those that he was granted. */
  readonly bots: 'all' | readonly string[];
}

/** Of what everybody may see who may connect at all. */
export type RequiredScope = Scope | 'public';

export const mayUse = (caller: Caller, required: RequiredScope): boolean =>
  required === 'public' || caller.scopes.includes(required);

export const reachesBot = ({ bots }: Pick<Caller, 'bots'>, botId: string): boolean =>
  bots === 'all' || bots.includes(botId);

/** What a user who owns everything may do. */
export const ownerCaller = (userId: string): Caller => ({ userId, scopes: SCOPES, bots: 'all' });
