import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';
import type { HubDesk } from '../dependencies.ts';

/** The rooms that one connection is in. `leaveAll` takes it out of them. */
export class DeskVisits {
  readonly #desk: HubDesk;
  readonly #leave = new Map<string, () => void>();

  constructor(desk: HubDesk) {
    this.#desk = desk;
  }

  enter(room: string, userId: string): Result<DeskPresence> {
    if (!this.#leave.has(room)) {
      const entered = this.#desk.enter(room, userId);
      if (!entered.ok) return entered;
      this.#leave.set(room, entered.value);
    }
    return succeed(this.#desk.presence(room));
  }

  leave(room: string): void {
    this.#leave.get(room)?.();
    this.#leave.delete(room);
  }

  leaveAll(): void {
    for (const room of [...this.#leave.keys()]) this.leave(room);
  }

  /** Only who is seen in a room may speak there. */
  async send(room: string, userId: string, text: string): Promise<Result<DeskMessage>> {
    if (!this.#leave.has(room)) return fail('invalid_state', `Join the room ${room} first`);
    return this.#desk.send({ room, userId, text });
  }
}
