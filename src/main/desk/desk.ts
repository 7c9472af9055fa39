import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Clock } from '#domain/clock.ts';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';

/** Rooms that have messages or were entered since the start: each costs memory. */
const MAX_ROOMS = 100;

export interface DeskOptions {
  readonly store: {
    /** Durable when it returns, and throws when it is not. */
    append(message: DeskMessage): void;
    /** Of every room what is kept, in the order in which it was said. */
    all(): readonly DeskMessage[];
  };
  /** Whether the user may say one more thing now. */
  readonly admits: (userId: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
}

/** The chat of the people on one hub: rooms, what was said in them, and who is there. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #rooms = new Set<string>();
  /** Connections of each user in each room. */
  readonly #present = new Map<string, Map<string, number>>();

  /** Gives the rooms' channels what was said before the start, which nobody can be listening to yet. */
  constructor(options: DeskOptions) {
    this.#options = options;
    for (const message of options.store.all()) {
      this.#rooms.add(message.room);
      options.publish({ of: 'deskMessage', message });
    }
  }

  /** Counts one connection of the user in; the returned function takes it out again, once. */
  enter(room: string, userId: string): Result<() => void> {
    if (!this.#rooms.has(room) && this.#rooms.size >= MAX_ROOMS) {
      return fail('conflict', `There are ${MAX_ROOMS} rooms already`);
    }
    this.#rooms.add(room);
    this.#count(room, userId, 1);
    let isIn = true;
    return succeed(() => {
      if (isIn) this.#count(room, userId, -1);
      isIn = false;
    });
  }

  presence(room: string): DeskPresence {
    return { room, userIds: [...(this.#present.get(room)?.keys() ?? [])].sort() };
  }

  /** On disk first, then told to the room. */
  async send(line: Pick<DeskMessage, 'room' | 'userId' | 'text'>): Promise<Result<DeskMessage>> {
    const { store, admits, clock, createId, publish } = this.#options;
    if (!(await admits(line.userId))) {
      return fail(
        'rate_limited',
        'That is all that one person may say for now: wait a little, then send it again',
      );
    }
    const message = { ...line, id: createId(), time: clock.now() };
    store.append(message);
    publish({ of: 'deskMessage', message });
    return succeed(message);
  }

  #count(room: string, userId: string, change: 1 | -1): void {
    const users = this.#present.get(room) ?? new Map<string, number>();
    this.#present.set(room, users);
    const before = users.get(userId) ?? 0;
    if (before + change === 0) users.delete(userId);
    else users.set(userId, before + change);
    const isNews = before === 0 || before + change === 0;
    if (isNews) this.#options.publish({ of: 'deskPresence', presence: this.presence(room) });
  }
}
