import { createStore } from 'zustand/vanilla';
import { channel } from '#contract/channels.ts';
import type { Result } from '#contract/errors.ts';
import { succeed } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import type { Announcement } from '#domain/announcement.ts';
import type { DeskMessage } from '#domain/desk.ts';
import type { HubClient } from '../../client/hub-client.ts';

/** The one room that the screen shows; programs may open others. */
const ROOM = 'lobby';
const KEPT = 100;

export interface DeskState {
  /** Newest first. */
  readonly announcements: readonly Announcement[];
  /** Oldest first. */
  readonly messages: readonly DeskMessage[];
  /** Who is in the room, each once. */
  readonly userIds: readonly string[];
  /** Why the room cannot be entered; null while it can. */
  readonly refusal: string | null;
}

/** Follows announcements and the desk's room while somebody looks. */
export class DeskSession {
  readonly store = createStore<DeskState>(() => ({
    announcements: [],
    messages: [],
    userIds: [],
    refusal: null,
  }));
  readonly #client: HubClient;

  constructor(client: HubClient) {
    this.#client = client;
  }

  /** Returns the end of it: who has looked away is not seen in the room. */
  start(): () => void {
    const ends = [
      this.#client.subscribe(channel.announcement, this.#taking(channel.announcement)),
      this.#client.subscribe(channel.desk(ROOM), this.#taking(channel.desk(ROOM))),
      this.#client.subscribe(channel.deskPresence(ROOM), this.#taking(channel.deskPresence(ROOM))),
      this.#client.onConnection(({ kind }) => {
        if (kind === 'connected') void this.#join();
      }),
    ];
    return () => {
      for (const end of ends) end();
      void this.#client.call('desk:leave', { room: ROOM });
    };
  }

  async say(text: string): Promise<Result<null>> {
    const sent = await this.#client.call('desk:send', { room: ROOM, text });
    return sent.ok ? succeed(null) : sent;
  }

  /** Being seen in a room ends with the connection: each new one enters again. */
  async #join(): Promise<void> {
    const joined = await this.#client.call('desk:join', { room: ROOM });
    this.store.setState(
      joined.ok
        ? { refusal: null, userIds: joined.presence.userIds }
        : { refusal: joined.error.message, userIds: [] },
    );
  }

  #taking(name: string) {
    return {
      onReset: () => {
        if (name === channel.announcement) this.store.setState({ announcements: [] });
        if (name === channel.desk(ROOM)) this.store.setState({ messages: [] });
      },
      onPush: (push: Push) => this.#take(push),
    };
  }

  #take(push: Push): void {
    switch (push.event) {
      case 'announcement': {
        const { id, severity, title, body, createdTime } = push.payload;
        const announcement = { id, severity, title, body, createdTime };
        this.store.setState(({ announcements }) => ({
          announcements: [announcement, ...announcements].slice(0, KEPT),
        }));
        break;
      }
      case 'desk:message': {
        const { id, room, userId, text, time } = push.payload;
        this.store.setState(({ messages }) => ({
          messages: [...messages, { id, room, userId, text, time }].slice(-KEPT),
        }));
        break;
      }
      case 'desk:presence':
        this.store.setState({ userIds: push.payload.userIds });
        break;
    }
  }
}
