import { botId } from './samples.ts';

/** Who is behind one connection of the fills scenario. */
export interface Person {
  /** Undefined: the owner, who may see every bot. */
  readonly userId: string | undefined;
  /** The bots whose fills this one follows, and was granted. */
  readonly bots: readonly string[];
  /** Bots of others that this one asks for, and must not get. */
  readonly strangers: readonly string[];
}

const OBSERVED = 100;

/**
 * One person a bot, each of whom also reaches for the next one's bot; and the owner, whose connections
 * follow a hundred bots each. So each stream has two entitled clients, and one that is not.
 */
export function peopleOf(bots: number): Person[] {
  const users = Array.from({ length: bots }, (_, index) => ({
    userId: `user${index}`,
    bots: [botId(index)],
    strangers: [botId((index + 1) % bots)],
  }));
  const owners = Array.from({ length: Math.ceil(bots / OBSERVED) }, (_, group) => ({
    userId: undefined,
    bots: Array.from({ length: Math.min(OBSERVED, bots - group * OBSERVED) }, (_, offset) =>
      botId(group * OBSERVED + offset),
    ),
    strangers: [],
  }));
  return [...users, ...owners];
}
