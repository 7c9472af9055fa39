import type { TimerClock } from '#domain/clock.ts';
import type { PageLocks } from '../workspace/page-window.ts';

/** What pages say to one another about a name. */
type Word = { readonly kind: 'ask' | 'mine'; readonly name: string; readonly page: string };

/** A channel that reaches all other pages of this browser, and not the page itself. */
export interface PagesChannel {
  readonly post: (word: unknown) => void;
  readonly listen: (listener: (word: unknown) => void) => void;
}

export interface AskedLocksOptions {
  readonly channel: PagesChannel;
  readonly clock: Pick<TimerClock, 'setTimeout' | 'now'>;
  /** Unlike that of any other page. */
  readonly page: string;
}

/** In a browser's one machine an answer takes a few milliseconds, of a busy page some more. */
const ANSWERED_WITHIN_MS = 200;

/**
 * Names that pages hold by asking one another, for browsers without locks of their own: who holds a name
 * answers. Of two pages that ask at once the one has it whose own name comes first.
 */
export class AskedLocks implements PageLocks {
  readonly #options: AskedLocksOptions;
  readonly #held = new Set<string>();
  readonly #asking = new Map<string, { isTaken: boolean }>();

  constructor(options: AskedLocksOptions) {
    this.#options = options;
    options.channel.listen((word) => {
      if (isWord(word)) this.#hear(word);
    });
  }

  async hold(name: string, waitMs: number): Promise<boolean> {
    const { clock } = this.#options;
    const until = clock.now() + waitMs;
    for (;;) {
      if (await this.#ask(name)) return true;
      if (clock.now() >= until) return false;
    }
  }

  async #ask(name: string): Promise<boolean> {
    const { channel, clock, page } = this.#options;
    const asking = { isTaken: false };
    this.#asking.set(name, asking);
    channel.post({ kind: 'ask', name, page } satisfies Word);
    await new Promise<void>((resolve) => clock.setTimeout(resolve, ANSWERED_WITHIN_MS));
    this.#asking.delete(name);
    if (asking.isTaken) return false;
    this.#held.add(name);
    return true;
  }

  #hear({ kind, name, page: other }: Word): void {
    const { channel, page } = this.#options;
    const asking = this.#asking.get(name);
    if (kind === 'mine') {
      if (asking !== undefined) asking.isTaken = true;
      return;
    }
    const isOurs = this.#held.has(name) || (asking !== undefined && page < other);
    if (isOurs) channel.post({ kind: 'mine', name, page } satisfies Word);
    else if (asking !== undefined) asking.isTaken = true;
  }
}

const isWord = (word: unknown): word is Word =>
  typeof word === 'object' &&
  word !== null &&
  ['kind', 'name', 'page'].every((key) => typeof Reflect.get(word, key) === 'string');
