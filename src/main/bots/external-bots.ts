import type { BotLine, BotRecord, BotRecordReceipt } from '#contract/bot-records.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { MarkedPosition } from '#contract/model.ts';
import type { Publishable } from '#contract/publications.ts';
import type { BotView } from '#contract/requests.ts';
import { type Caller, reachesBot } from '#contract/scopes.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { EquitySpacing } from './equity-spacing.ts';
import { ExternalBot, type MarkPrice, newExternalBot } from './external-bot.ts';
import type { ExternalBotStore, StopWish } from './external-bot-store.ts';
import { ExternalRisk } from './external-risk.ts';
import { ExternalStep } from './external-step.ts';
import { canBeStopped, ExternalStops, isStill } from './external-stops.ts';
import { GroupCommit } from './group-commit.ts';
import type { RiskElsewhere } from './risk/risk-elsewhere.ts';

const GROUP_SPACING_MS = 8;
const MAX_GROUP = 1_000;
/** Each costs memory, and a line on the screen. */
const MAX_BOTS = 1_000;
export const SILENT_AFTER_MS = 60_000;
/** How often silence is looked for, and positions follow the market. */
const CHECK_PERIOD_MS = 1_000;
/** Not of all bots at once: a thousand would hold up everything else. */
const CHECK_TURNS = 20;
const BOTS_A_TURN = 50;

export interface ExternalBotsOptions {
  readonly userId: string;
  readonly store: ExternalBotStore;
  readonly clock: TimerClock;
  readonly markPrice: MarkPrice;
  readonly publish: (item: Publishable) => void;
  readonly createCommandId: () => string;
  readonly isKilled: () => boolean;
  /** A group that could not be written: the ledger's fault, or ours. */
  readonly onFailure: (error: unknown) => void;
}

type Receipt = Result<BotRecordReceipt>;

const EARLY = fail('unavailable', 'The record before it has not arrived; send both again');

/** Bots that run elsewhere and report over the hub (rule X4). */
export class ExternalBots {
  readonly #options: ExternalBotsOptions;
  readonly #bots = new Map<string, ExternalBot>();
  readonly #createdListeners = new Set<(botId: string) => void>();
  readonly #group: GroupCommit<BotRecord, Receipt>;
  readonly #stops: ExternalStops;
  readonly #spacing: EquitySpacing<ExternalBot>;
  readonly #risk: ExternalRisk;
  readonly #stopChecking: () => void;
  #turn = 0;
  /** Unrealised PnL of each position as last published, so that only news is told. */
  readonly #lastMarks = new Map<string, string>();

  constructor(options: ExternalBotsOptions) {
    this.#options = options;
    const { clock, store } = options;
    this.#stops = new ExternalStops({
      clock,
      createId: options.createCommandId,
      isKilled: options.isKilled,
      keep: (bot, stop) => this.#keepStop(bot, stop),
      onChanged: (bot) => this.#publishStatus(bot),
    });
    this.#spacing = new EquitySpacing(store.equity);
    this.#risk = new ExternalRisk({ ...options, bots: () => this.#bots.values() });
    this.#group = new GroupCommit({
      clock,
      spacingMs: GROUP_SPACING_MS,
      maxSize: MAX_GROUP,
      commit: (records) => this.#commit(records),
      onFailure: (error) => {
        options.onFailure(error);
        return fail('unavailable', 'The ledger could not be written; send it again');
      },
    });
    for (const stored of store.list()) {
      const bot = new ExternalBot(stored);
      this.#bots.set(stored.config.id, bot);
      this.#stops.restore(bot);
      this.#publishAll(bot);
    }
    this.#stopChecking = clock.setInterval(() => this.#check(), CHECK_PERIOD_MS / CHECK_TURNS);
  }

  /** Takes a record in the order in which they come. It is on disk when this succeeds. */
  async publish(record: BotRecord, caller: Caller, line: BotLine): Promise<Receipt> {
    if (!reachesBot(caller, record.botId)) return fail('access_denied', 'Access denied');
    if (!this.#bots.has(record.botId) && this.#bots.size >= MAX_BOTS) {
      return fail('conflict', `There are ${MAX_BOTS} external bots already`);
    }
    const receipt = await this.#group.add(record);
    const bot = receipt.ok ? this.#bots.get(record.botId) : undefined;
    if (bot) this.#stops.heardFrom(bot, line);
    return receipt;
  }

  has(botId: string): boolean {
    return this.#bots.has(botId);
  }

  ids(): readonly string[] {
    return [...this.#bots.keys()];
  }

  get(botId: string): BotView | undefined {
    const { markPrice, clock } = this.#options;
    return this.#bots.get(botId)?.view(markPrice, clock.now());
  }

  list(): readonly BotView[] {
    const { markPrice, clock } = this.#options;
    return [...this.#bots.values()].map((bot) => bot.view(markPrice, clock.now()));
  }

  /** Of those in sight. */
  positions(): readonly MarkedPosition[] {
    return [...this.#bots.values()]
      .filter(({ config }) => config.archivedTime === null)
      .flatMap((bot) => bot.positions(this.#options.markPrice));
  }

  onCreated(listener: (botId: string) => void): () => void {
    this.#createdListeners.add(listener);
    return () => this.#createdListeners.delete(listener);
  }

  canStop(botId: string): boolean {
    const bot = this.#bots.get(botId);
    return bot !== undefined && canBeStopped(bot);
  }

  /** Asks it to stop; the view's `reason` says whether it could be told. It answers by its status. */
  stop(botId: string): Result<BotView> {
    const bot = this.#bots.get(botId);
    if (!bot) return fail('unknown_bot', `There is no bot ${botId}`);
    if (!isStill(bot)) this.#stops.ask(bot);
    return succeed(bot.view(this.#options.markPrice, this.#options.clock.now()));
  }

  /** Every bot that can be told to. */
  stopAll(): void {
    for (const bot of this.#bots.values()) {
      if (canBeStopped(bot) && !isStill(bot)) this.#stops.ask(bot);
    }
  }

  /** Those of a currency that can be told to, once, with a line in their logs that says `why`. */
  stopAllOf(currency: string, why: string): void {
    for (const bot of this.#bots.values()) {
      if (bot.currency !== currency || isStill(bot) || !canBeStopped(bot)) continue;
      if (this.#stops.isAsked(bot)) continue;
      this.#stops.ask(bot);
      this.#tellInLog(bot, `Asked to stop ${why}`);
    }
  }

  /** What they add to the limits of all bots of a currency together. */
  riskOf(currency: string): RiskElsewhere {
    return this.#risk.of(currency);
  }

  /** With all that it reported. If it reports again it is a new bot. */
  remove(botId: string): Result<{ botId: string }> {
    if (this.#bots.get(botId)?.status(this.#options.clock.now()).state === 'running') {
      return fail('invalid_state', 'The bot still reports: stop it where it runs, then delete it');
    }
    this.#options.store.transaction(() => this.#options.store.remove(botId));
    this.#bots.delete(botId);
    this.#stops.forget(botId);
    return succeed({ botId });
  }

  /** One that has gone silent as well; with the next that it reports it is back by itself. */
  archive(botId: string, isArchived: boolean): Result<BotView> {
    const { store, markPrice, clock } = this.#options;
    const bot = this.#bots.get(botId);
    if (!bot) return fail('unknown_bot', `There is no bot ${botId}`);
    if (isArchived && bot.status(clock.now()).state === 'running') {
      return fail('invalid_state', 'The bot still reports: stop it where it runs, then archive it');
    }
    const config = { ...bot.config, archivedTime: isArchived ? clock.now() : null };
    store.transaction(() => store.updateConfig(config));
    bot.config = config;
    this.#publishAll(bot);
    return succeed(bot.view(markPrice, clock.now()));
  }

  dispose(): void {
    this.#stopChecking();
    this.#group.flush();
  }

  /** On disk first, then told: nobody hears of what could still be lost. */
  #commit(records: readonly BotRecord[]): readonly Receipt[] {
    const { store, userId, markPrice, clock, publish } = this.#options;
    const now = clock.now();
    const steps = new Map<string, ExternalStep>();
    const news: Publishable[] = [];
    let receipts: readonly Receipt[] = [];
    store.transaction(() => {
      receipts = records.map((record) => {
        const { botId, after } = record;
        if (after !== undefined && !store.hasRecord(botId, after)) return EARLY;
        const step =
          steps.get(botId) ??
          new ExternalStep(this.#botOf(botId, now), {
            ...{ store, userId, markPrice, now },
            spacing: this.#spacing,
          });
        steps.set(botId, step);
        const told = step.write(record);
        if (told) news.push(...told);
        return succeed({ duplicate: told === undefined });
      });
      for (const step of steps.values()) step.finish();
    });
    for (const [botId, step] of steps) this.#takeOver(botId, step, now);
    for (const item of news) publish(item);
    for (const { bot } of steps.values()) this.#publishStatus(bot);
    return receipts;
  }

  /** Within the transaction: a bot that nobody knows is written down at its first word. */
  #botOf(botId: string, now: EpochMs): ExternalBot {
    const known = this.#bots.get(botId);
    if (known) return known;
    const stored = newExternalBot(botId, now);
    this.#options.store.insert(stored);
    return new ExternalBot(stored);
  }

  #takeOver(botId: string, step: ExternalStep, now: EpochMs): void {
    const { bot } = step;
    step.apply();
    this.#stops.settle(bot);
    bot.heardTime = now;
    bot.isSilent = false;
    if (this.#bots.has(botId)) return;
    this.#bots.set(botId, bot);
    for (const listener of this.#createdListeners) listener(botId);
  }

  #keepStop(bot: ExternalBot, stop: StopWish | null): void {
    const { store, onFailure } = this.#options;
    const runtime = { ...bot.runtime, stop };
    try {
      store.transaction(() => store.saveRuntime(runtime));
      bot.runtime = runtime;
    } catch (error) {
      onFailure(error);
    }
  }

  #tellInLog(bot: ExternalBot, message: string): void {
    const { store, clock, publish, onFailure } = this.#options;
    const about = { botId: bot.config.id, time: clock.now() };
    const entry = { ...about, level: 'warn', message } as const;
    try {
      store.transaction(() => store.appendLog(entry));
      publish({ of: 'botLog', entry });
    } catch (error) {
      onFailure(error);
    }
  }

  #publishAll(bot: ExternalBot): void {
    const { publish, markPrice } = this.#options;
    for (const position of bot.positions(markPrice)) publish({ of: 'position', position });
    this.#publishStatus(bot);
  }

  #publishStatus(bot: ExternalBot): void {
    const { publish, clock } = this.#options;
    publish({ of: 'botStatus', status: bot.status(clock.now()) });
  }

  #check(): void {
    this.#turn = (this.#turn + 1) % CHECK_TURNS;
    const now = this.#options.clock.now();
    let place = 0;
    for (const bot of this.#bots.values()) {
      const turn = Math.floor(place / BOTS_A_TURN) % CHECK_TURNS;
      place += 1;
      if (turn !== this.#turn) continue;
      // Heard before the clock was set back: now at the latest.
      if (bot.heardTime !== null && bot.heardTime > now) bot.heardTime = now;
      const isQuiet = bot.heardTime !== null && now - bot.heardTime >= SILENT_AFTER_MS;
      if (isQuiet && !bot.isSilent) {
        bot.isSilent = true;
        this.#publishStatus(bot);
      }
      this.#stops.look(bot);
      this.#publishMarks(bot);
    }
  }

  #publishMarks(bot: ExternalBot): void {
    for (const position of bot.positions(this.#options.markPrice)) {
      const key = `${position.botId} ${position.instrumentId}`;
      if (this.#lastMarks.get(key) === position.unrealizedPnl) continue;
      this.#lastMarks.set(key, position.unrealizedPnl);
      this.#options.publish({ of: 'position', position });
    }
  }
}
