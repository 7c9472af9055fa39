import type { EpochMs } from './units.ts';

/** One line of the chat of people on one hub. */
export interface DeskMessage {
  readonly id: string;
  readonly room: string;
  readonly userId: string;
  readonly text: string;
  readonly time: EpochMs;
}

/** Who is in a room, each once however many connections they have there. */
export interface DeskPresence {
  readonly room: string;
  readonly userIds: readonly string[];
}
