import type { Ledger } from '#main/storage/ledger.ts';
import { isOutOfReach, sqliteFailure } from '#main/storage/sqlite-failure.ts';
import type { Ground } from '../ground.ts';
import type { UserNotices } from '../user-notices.ts';

/** As often as notices are tried to be kept. */
const LOOK_PERIOD_MS = 5_000;

interface GivenUp {
  readonly botId: string;
  readonly name: string;
}

export interface LedgerTroubleOptions {
  readonly notices: Pick<UserNotices, 'tell'>;
  readonly ledger: Pick<Ledger, 'failure'>;
  /** Whether it still waits for somebody to start it. */
  readonly isStopped: (botId: string) => boolean;
}

/**
 * Says of bots that they were stopped since nothing could be written of them, and when they can be started again. That
 * is the user's to do: the market has moved on meanwhile.
 */
export class LedgerTrouble {
  readonly #ground: Pick<Ground, 'clock' | 'lifecycle'>;
  readonly #options: LedgerTroubleOptions;
  #givenUp: readonly GivenUp[] = [];
  #cancel: (() => void) | null = null;

  constructor(ground: Pick<Ground, 'clock' | 'lifecycle'>, options: LedgerTroubleOptions) {
    this.#ground = ground;
    this.#options = options;
    ground.lifecycle.onClose('ledger trouble', () => this.#cancel?.());
  }

  giveUp(bot: GivenUp, reason: string): void {
    const { botId, name } = bot;
    this.#givenUp = [...this.#givenUp.filter((one) => one.botId !== botId), bot];
    this.#options.notices.tell({
      ...{ id: `given-up-${botId}-${this.#ground.clock.now()}`, kind: 'bot', severity: 'critical' },
      ...{ title: `${name} stopped with an error`, body: reason, source: { botId } },
    });
    this.#lookLater();
  }

  #lookLater(): void {
    this.#cancel ??= this.#ground.clock.setTimeout(() => {
      this.#cancel = null;
      this.#look();
    }, LOOK_PERIOD_MS);
  }

  #look(): void {
    const { ledger, notices, isStopped } = this.#options;
    if (ledger.failure() !== null) {
      this.#lookLater();
      return;
    }
    const waiting = this.#givenUp.filter(({ botId }) => isStopped(botId));
    this.#givenUp = [];
    const [first, ...others] = waiting;
    if (!first) return;
    notices.tell({
      ...{ id: `ledger-again-${this.#ground.clock.now()}`, kind: 'bot', severity: 'warning' },
      title: 'The ledger is written again',
      body: `Bots that were stopped for it can be started: ${waiting.map(({ name }) => name).join(', ')}`,
      source: others.length === 0 ? { botId: first.botId } : {},
    });
  }
}

/** In words, and what to do, where the ledger is out of reach; null of any other fault. */
export const whyUnwritten = (fault: unknown): string | null =>
  isOutOfReach(fault)
    ? `The ledger could not be written. ${sqliteFailure(fault, 'ledger.db').error.message} Then start the bot again.`
    : null;
