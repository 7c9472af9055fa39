import type { TokenInfo } from '#contract/requests.ts';
import type { EpochMs } from '#domain/units.ts';

/** Where issued tokens are remembered, never the tokens themselves; `main/app` gives the ledger. */
export interface TokenStore {
  insert(token: TokenInfo): void;
  get(id: string): TokenInfo | null;
  /** Newest first. */
  list(): readonly TokenInfo[];
  revoke(id: string, time: EpochMs): void;
  markUsed(id: string, time: EpochMs): void;
}
