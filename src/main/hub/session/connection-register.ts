import type { DisconnectReason } from '#contract/disconnect-reasons.ts';
import type { HubConnection } from './connection.ts';

/** The connections under way, by user: how many of them one may have, and which a token opened. */
export class ConnectionRegister {
  readonly #connectionsPerUser: number;
  /** Oldest first. */
  readonly #connections = new Set<HubConnection>();
  readonly #byUser = new Map<string, Set<HubConnection>>();

  constructor({ connectionsPerUser }: { readonly connectionsPerUser: number }) {
    this.#connectionsPerUser = connectionsPerUser;
  }

  get size(): number {
    return this.#connections.size;
  }

  add(connection: HubConnection): void {
    this.#connections.add(connection);
    this.settle(connection);
  }

  /** The user's oldest connections make room (rule H4). Who holds the owner's token is exempt. */
  settle(connection: HubConnection): void {
    const { identity } = connection;
    if (!identity || identity.tokenId === null) return;
    const { userId } = identity.caller;
    const own = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, own.add(connection));
    for (const oldest of [...own].slice(0, Math.max(0, own.size - this.#connectionsPerUser))) {
      own.delete(oldest);
      oldest.close('replaced');
    }
  }

  remove(connection: HubConnection): void {
    this.#connections.delete(connection);
    const userId = connection.identity?.caller.userId;
    const own = userId === undefined ? undefined : this.#byUser.get(userId);
    if (userId === undefined || !own?.delete(connection)) return;
    if (own.size === 0) this.#byUser.delete(userId);
  }

  closeOfToken(tokenId: string): void {
    for (const connection of [...this.#connections]) {
      if (connection.identity?.tokenId === tokenId) connection.close('unauthorized');
    }
  }

  /** Those that have shown no token. */
  closeAnonymous(): void {
    for (const connection of [...this.#connections]) {
      if (connection.identity === null) connection.close('unauthorized');
    }
  }

  closeAll(reason: DisconnectReason): void {
    for (const connection of [...this.#connections]) connection.close(reason);
  }
}
