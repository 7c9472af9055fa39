import type { BotCommand, BotLine } from '#contract/bot-records.ts';
import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ExternalBot } from './external-bot.ts';
import type { StopWish } from './external-bot-store.ts';

/** A bot that has not stopped by then is not told again by itself. */
export const STOP_WAITS_MS = 600_000;

const ASKED = 'Asked to stop; it has not answered yet';
const AWAY = 'It is not connected now: it is told to stop if it is back within 10 minutes';
const UNANSWERED = 'It was asked to stop, and did not within 10 minutes';

interface Wish {
  readonly command: BotCommand;
  readonly endTime: EpochMs;
  /** Over which it was told last. */
  readonly line: BotLine | null;
}

export interface ExternalStopsOptions {
  readonly clock: Clock;
  readonly createId: () => string;
  /** While the kill switch is engaged, whoever can be told to stop is. */
  readonly isKilled: () => boolean;
  /** Brings the wish to disk, so that it outlives the app; null where there is none any more. */
  readonly keep: (bot: ExternalBot, wish: StopWish | null) => void;
  /** What is known of its stop has changed. */
  readonly onChanged: (bot: ExternalBot) => void;
}

export const canBeStopped = ({ runtime }: ExternalBot): boolean =>
  runtime.capabilities.includes('stop');

export const isStill = ({ runtime }: ExternalBot): boolean =>
  runtime.state === 'stopped' || runtime.state === 'error';

/**
 * Wishes that bots stop that run elsewhere (rule X4.9). Such a bot is told over the connection by
 * which it reports, and again over its next one, until it says that it has stopped.
 */
export class ExternalStops {
  readonly #options: ExternalStopsOptions;
  readonly #lines = new Map<string, BotLine>();
  readonly #wishes = new Map<string, Wish>();

  constructor(options: ExternalStopsOptions) {
    this.#options = options;
  }

  /** Goes on with what was asked before the app was started. */
  restore(bot: ExternalBot): void {
    const { id: botId } = bot.config;
    const { stop } = bot.runtime;
    if (!stop) return;
    const command: BotCommand = { botId, command: 'stop', id: stop.commandId };
    this.#wishes.set(botId, { command, endTime: stop.endTime, line: null });
    bot.stopNote = AWAY;
  }

  isAsked(bot: ExternalBot): boolean {
    return this.#wishes.has(bot.config.id);
  }

  /** Once more, if it was asked before: with the same id, and as much time as at first. */
  ask(bot: ExternalBot): void {
    const { clock, createId } = this.#options;
    const { id: botId } = bot.config;
    const command: BotCommand = this.#wishes.get(botId)?.command ?? {
      ...{ botId, command: 'stop', id: createId() },
    };
    const endTime = (clock.now() + STOP_WAITS_MS) as EpochMs;
    // Told first: it is to stop also where nothing can be written.
    this.#tell(bot, { command, endTime, line: null });
    this.#options.keep(bot, { commandId: command.id, endTime });
  }

  /** A record of it is on disk: it stands behind this line now. */
  heardFrom(bot: ExternalBot, line: BotLine): void {
    const { id } = bot.config;
    this.#lines.set(id, line);
    if (isStill(bot)) return;
    const wish = this.#wishes.get(id);
    if (wish && wish.line !== line) this.#tell(bot, wish);
    if (!wish && this.#options.isKilled() && canBeStopped(bot)) this.ask(bot);
  }

  /** It has said how it stands: one that has stopped has answered. */
  settle(bot: ExternalBot): void {
    if (!isStill(bot)) return;
    this.#wishes.delete(bot.config.id);
    bot.stopNote = null;
  }

  /** Gives up on what waited too long, and forgets lines that are gone. */
  look(bot: ExternalBot): void {
    const { id } = bot.config;
    if (this.#lines.get(id)?.isOpen === false) this.#lines.delete(id);
    const wish = this.#wishes.get(id);
    if (!wish || wish.endTime > this.#options.clock.now()) return;
    this.#wishes.delete(id);
    this.#options.keep(bot, null);
    this.#note(bot, UNANSWERED);
  }

  forget(botId: string): void {
    this.#wishes.delete(botId);
    this.#lines.delete(botId);
  }

  #tell(bot: ExternalBot, wish: Wish): void {
    const { id } = bot.config;
    const line = this.#lines.get(id);
    const isTold = line?.command(wish.command) === true;
    this.#wishes.set(id, { ...wish, line: isTold ? line : null });
    this.#note(bot, isTold ? ASKED : AWAY);
  }

  #note(bot: ExternalBot, note: string): void {
    if (bot.stopNote === note) return;
    bot.stopNote = note;
    this.#options.onChanged(bot);
  }
}
