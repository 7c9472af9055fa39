import type { BotRecord, BotState, BotStore } from './bot-store.ts';
import type { FrameBatcher } from './frame-batcher.ts';

type Change = (state: BotState) => BotState;
type BotChange = (bot: BotRecord) => Partial<BotRecord>;
type Entry =
  | { readonly of: 'all'; readonly change: Change }
  | { readonly of: 'one'; readonly botId: string; readonly change: BotChange };

/**
 * Changes of the bot store, applied in order, once a frame. Those of single bots share one copy of the
 * table: of a thousand bots each tells how it stands four times a second.
 */
export class BotQueue {
  readonly #store: BotStore;
  readonly #frames: FrameBatcher;
  #entries: Entry[] = [];

  constructor(store: BotStore, frames: FrameBatcher) {
    this.#store = store;
    this.#frames = frames;
  }

  change(change: Change): void {
    this.#add({ of: 'all', change });
  }

  /** A bot that is not known (any more) is left alone. */
  changeBot(botId: string, change: BotChange): void {
    this.#add({ of: 'one', botId, change });
  }

  /** Not with the frame: after it, nobody reads what was before. */
  changeNow(change: Change): void {
    this.#entries.push({ of: 'all', change });
    this.#flush();
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    this.#frames.schedule('bots', () => this.#flush());
  }

  #flush(): void {
    const entries = this.#entries;
    this.#entries = [];
    this.#store.setState((before) => applied(before, entries), true);
  }
}

function applied(before: BotState, entries: readonly Entry[]): BotState {
  let state = before;
  let draft: Record<string, BotRecord> | null = null;
  for (const entry of entries) {
    if (entry.of === 'all') {
      if (draft) state = { ...state, bots: draft };
      draft = null;
      state = entry.change(state);
      continue;
    }
    const bot = (draft ?? state.bots)[entry.botId];
    if (bot === undefined) continue;
    draft ??= { ...state.bots };
    draft[entry.botId] = { ...bot, ...entry.change(bot) };
  }
  return draft ? { ...state, bots: draft } : state;
}
