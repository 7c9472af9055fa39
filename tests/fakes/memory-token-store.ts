import type { TokenInfo } from '#contract/requests.ts';
import type { EpochMs } from '#domain/units.ts';
import type { TokenStore } from '#main/hub/tokens/token-store.ts';

export class MemoryTokenStore implements TokenStore {
  readonly #tokens = new Map<string, TokenInfo>();

  insert(token: TokenInfo): void {
    this.#tokens.set(token.id, token);
  }

  get(id: string): TokenInfo | null {
    return this.#tokens.get(id) ?? null;
  }

  list(): readonly TokenInfo[] {
    return [...this.#tokens.values()].reverse();
  }

  revoke(id: string, revokedTime: EpochMs): void {
    this.#change(id, { revokedTime });
  }

  markUsed(id: string, lastUsedTime: EpochMs): void {
    this.#change(id, { lastUsedTime });
  }

  #change(id: string, change: Partial<TokenInfo>): void {
    const token = this.#tokens.get(id);
    if (token) this.#tokens.set(id, { ...token, ...change });
  }
}
