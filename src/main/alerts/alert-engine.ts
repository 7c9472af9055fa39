import type { FeedStatus } from '#contract/model.ts';
import type { HubMetrics, Publishable } from '#contract/publications.ts';
import {
  type Alert,
  type AlertPolicy,
  type AlertSilence,
  DEFAULT_ALERT_POLICY,
} from '#domain/alert.ts';
import { isInhibited, silenceOf } from '#domain/alert-matching.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import { invariant } from '#domain/assert.ts';
import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import {
  eventTimeOf,
  instrumentOf,
  type MarketEvent,
  receivedTimeOf,
} from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { Agenda, type AgendaWork, type SavedAgenda } from './agenda.ts';
import type { AlertGroup } from './alert-group.ts';
import type { AlertStore } from './alert-store.ts';
import type { AlertRoute } from './route.ts';
import {
  NO_PAST,
  type RulePast,
  RuleRun,
  type RuleRunOptions,
  type SavedRule,
} from './rule-run.ts';
import { RuleRuns } from './rule-runs.ts';
import { AlertTelling } from './telling.ts';
import type { AlertNews, Touch, WatchedBot } from './watch.ts';

/** Of each rule so many of the last alerts are looked at for their cooldown. */
const RECENT_ALERTS = 50;

/** Where an engine stood between two events, beside what its store tells of it. */
export interface SavedAlerts {
  readonly rules: readonly SavedRule[];
  readonly firing: readonly Alert[];
  readonly groups: ReadonlyMap<string, AlertGroup>;
  readonly agenda: SavedAgenda;
  readonly marketTimes: ReadonlyMap<InstrumentId, EpochMs>;
}

export interface AlertEngineOptions {
  /** The machine's; in a replay deck the market's. */
  readonly clock: Clock;
  readonly store: AlertStore;
  /** Where it goes on exactly as another one stood; null after a time that nobody saw. */
  readonly resumed: SavedAlerts | null;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
  readonly routes: readonly AlertRoute[];
  readonly bots: {
    list(): readonly WatchedBot[];
    /** Null where it is not in sight. */
    get(botId: string): WatchedBot | null;
    /** Also of one that is not in sight; its id where nothing is known of it. */
    nameOf(botId: string): string;
    /** Those that trade it. */
    on(instrumentId: InstrumentId): readonly WatchedBot[];
  };
  readonly touchOf: (instrumentId: InstrumentId) => Touch | null;
  /** Something could not be written. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Looks at everything that rules watch, and tells the user. It has no timer: `advance` does what has
 * become due, each thing at its own time, and everything else advances first.
 */
export class AlertEngine {
  readonly #options: AlertEngineOptions;
  readonly #agenda = new Agenda();
  readonly #telling: AlertTelling;
  readonly #runs = new RuleRuns();
  readonly #firing = new Map<string, Alert>();
  readonly #marketTimes = new Map<InstrumentId, EpochMs>();
  #policy: AlertPolicy;
  #silences: readonly AlertSilence[] = [];
  #lastFeeds: readonly FeedStatus[] | null = null;
  /** Of each bot that was looked at. */
  readonly #lastStates = new Map<string, WatchedBot['state']>();

  constructor(options: AlertEngineOptions) {
    this.#options = options;
    this.#policy = options.store.policy() ?? DEFAULT_ALERT_POLICY;
    this.#telling = new AlertTelling({
      agenda: this.#agenda,
      policy: () => this.#policy,
      routes: options.routes,
      isMuted: (alert, time) => this.isMuted(alert, time),
      botName: options.bots.nameOf,
      hasSound: ({ ruleId }) => this.#runs.get(ruleId)?.rule.sound ?? false,
      onTold: (ids, time) => this.#write(() => options.store.markTold(ids, time)),
      onEscalated: (alert, time) => this.#change(alert, time),
      onDelivery: (delivery) => this.#write(() => options.store.appendDelivery(delivery)),
    });
    if (options.resumed) this.#resume(options.resumed);
    else this.#restore();
  }

  get policy(): AlertPolicy {
    return this.#policy;
  }

  firing(): readonly Alert[] {
    return [...this.#firing.values()];
  }

  isMuted(alert: Alert, time: EpochMs): boolean {
    return (
      silenceOf(alert.labels, this.#silences, time) !== undefined ||
      isInhibited(alert, this.#firing.values(), this.#policy.inhibitions)
    );
  }

  /** Does what has become due. */
  advance(): EpochMs {
    const now = this.#options.clock.now();
    this.#agenda.run(now);
    return now;
  }

  /** After the market and the bots have seen it. */
  onEvent(event: MarketEvent): void {
    const now = this.advance();
    const id = instrumentOf(event);
    const runs = this.#runs.on(id);
    const { ofBotMoney } = this.#runs;
    const hasBots = event.kind === 'trade' && ofBotMoney.length > 0;
    if (!runs && !hasBots) return;
    const marketTime = this.#marketTime(event, id, now);
    const touch = () => this.#options.touchOf(id);
    for (const run of runs ?? []) run.take({ of: 'market', event, touch, marketTime }, now);
    if (hasBots) {
      for (const bot of this.#options.bots.on(id)) this.#takeBot(bot, now, ofBotMoney);
    }
    this.#agenda.run(now);
  }

  /** Its status or its position has changed. Of a bot in the state that it was in only its money is news. */
  onBot(botId: string, state: WatchedBot['state']): void {
    const { ofBots, ofBotMoney } = this.#runs;
    const isSameState = this.#lastStates.get(botId) === state;
    if (ofBots.length === 0 || (isSameState && ofBotMoney.length === 0)) return;
    const bot = this.#options.bots.get(botId);
    if (!bot) return;
    this.#lastStates.set(botId, state);
    const now = this.advance();
    this.#takeBot(bot, now, isSameState ? ofBotMoney : ofBots);
    this.#agenda.run(now);
  }

  onBotRemoved(botId: string): void {
    this.#lastStates.delete(botId);
    this.#takeAll(this.#runs.ofBots, { of: 'botRemoved', botId });
  }

  onFeeds(feeds: readonly FeedStatus[]): void {
    this.#lastFeeds = feeds;
    this.#takeAll(this.#runs.ofFeeds, { of: 'feeds', feeds });
  }

  onMetrics(metrics: HubMetrics): void {
    this.#takeAll(this.#runs.ofHub, { of: 'metrics', metrics, time: this.#options.clock.now() });
  }

  /** A new rule, or one that is to begin anew: what fired of it is over, and nobody is told. */
  begin(rule: AlertRule): void {
    this.#lastStates.clear();
    const now = this.advance();
    this.end(rule.id);
    if (rule.isEnabled) this.#start(rule, NO_PAST, now);
    this.#agenda.run(now);
  }

  /** One that watches for the same as before. */
  rename(rule: AlertRule): void {
    this.#runs.get(rule.id)?.rename(rule);
  }

  /** What fired of it is over, and nobody is told. */
  end(ruleId: string): void {
    const now = this.advance();
    this.#runs.remove(ruleId);
    for (const alert of this.firing().filter((one) => one.ruleId === ruleId)) {
      this.#telling.forget(alert);
      this.#save({ ...alert, state: 'resolved', resolvedTime: now });
    }
  }

  acknowledge(ids: readonly string[] | 'all'): readonly Alert[] {
    const now = this.advance();
    return this.firing()
      .filter(({ id, acknowledgedTime }) => {
        return acknowledgedTime === null && (ids === 'all' || ids.includes(id));
      })
      .map((alert) => {
        const seen = { ...alert, acknowledgedTime: now };
        this.#runs.get(alert.ruleId)?.replace(seen);
        this.#change(seen, now);
        return seen;
      });
  }

  /** At once, past groups and silences. */
  test(alert: Alert): void {
    this.#save(alert);
    this.#telling.test(alert, this.advance());
  }

  setSilences(silences: readonly AlertSilence[]): void {
    this.advance();
    this.#silences = silences;
  }

  setPolicy(policy: AlertPolicy): void {
    const now = this.advance();
    this.#policy = policy;
    this.#telling.regroup(this.#options.store.firing(), now);
  }

  /** What must be known after a restart. */
  memories(): ReadonlyMap<string, unknown> {
    return new Map([...this.#runs].map((run) => [run.rule.id, run.memory()]));
  }

  save(): SavedAlerts {
    return {
      rules: [...this.#runs].map((run) => run.save()),
      firing: this.firing(),
      groups: this.#telling.save(),
      agenda: this.#agenda.save(),
      marketTimes: new Map(this.#marketTimes),
    };
  }

  #resume({ rules, firing, groups, agenda, marketTimes }: SavedAlerts): void {
    const { store, clock } = this.#options;
    this.#silences = store.silences(clock.now());
    this.#runs.add(...rules.map((saved) => RuleRun.resumed(saved, this.#runOptions())));
    for (const alert of firing) this.#firing.set(alert.id, alert);
    for (const [id, time] of marketTimes) this.#marketTimes.set(id, time);
    this.#telling.resume(groups);
    this.#agenda.resume(agenda, (key) => this.#workOf(key));
  }

  #workOf(agendaKey: string): AgendaWork {
    for (const run of this.#runs) {
      const work = run.workOf(agendaKey);
      if (work) return work;
    }
    const work = this.#telling.workOf(agendaKey, this.#firing.values());
    invariant(work, `somebody knows what ${agendaKey} is`);
    return work;
  }

  #runOptions(): RuleRunOptions {
    return {
      agenda: this.#agenda,
      createId: this.#options.createId,
      onChange: (alert, time) => this.#change(alert, time),
    };
  }

  #restore(): void {
    const { store, clock } = this.#options;
    const now = clock.now();
    this.#silences = store.silences(now);
    const firing = store.firing();
    const rules = store.rules().filter(({ isEnabled }) => isEnabled);
    for (const { alert } of firing) this.#firing.set(alert.id, alert);
    for (const rule of rules) this.#start(rule, this.#pastOf(rule.id), now);
    for (const { alert, toldTime } of firing) {
      if (this.#runs.get(alert.ruleId)) this.#telling.restore(alert, toldTime, now);
      else this.#save({ ...alert, state: 'resolved', resolvedTime: now });
    }
  }

  #pastOf(ruleId: string): RulePast {
    const { store } = this.#options;
    const recent = store.list({ ruleId, limit: RECENT_ALERTS });
    return {
      memory: store.memory(ruleId),
      firing: this.firing().filter((alert) => alert.ruleId === ruleId),
      recent: recent.ok ? recent.value.items.filter(({ isTest }) => !isTest) : [],
    };
  }

  #start(rule: AlertRule, past: RulePast, now: EpochMs): void {
    const run = new RuleRun(rule, past, this.#runOptions());
    this.#runs.add(run);
    // Of the market it hears with the next event.
    for (const bot of this.#options.bots.list()) {
      run.take({ of: 'bot', bot, marketTime: this.#timeOf(bot) }, now);
    }
    if (this.#lastFeeds) run.take({ of: 'feeds', feeds: this.#lastFeeds }, now);
  }

  #marketTime(event: MarketEvent, id: InstrumentId, now: EpochMs): EpochMs {
    const known = this.#marketTimes.get(id);
    const time = eventTimeOf(event) ?? known ?? receivedTimeOf(event) ?? now;
    this.#marketTimes.set(id, time);
    return time;
  }

  #timeOf({ instrumentId }: WatchedBot): EpochMs | null {
    return this.#marketTimes.get(instrumentId) ?? null;
  }

  #takeBot(bot: WatchedBot, now: EpochMs, runs: readonly RuleRun[]): void {
    const marketTime = this.#timeOf(bot);
    for (const run of runs) run.take({ of: 'bot', bot, marketTime }, now);
  }

  #takeAll(runs: readonly RuleRun[], news: AlertNews): void {
    const now = this.advance();
    for (const run of runs) run.take(news, now);
    this.#agenda.run(now);
  }

  #change(alert: Alert, time: EpochMs): void {
    this.#runs.get(alert.ruleId)?.replace(alert);
    this.#save(alert);
    this.#telling.put(alert, time);
  }

  /** On disk first, then told: nobody hears of what could still be lost. */
  #save(alert: Alert): void {
    if (alert.state === 'firing') this.#firing.set(alert.id, alert);
    else this.#firing.delete(alert.id);
    this.#write(() => {
      this.#options.store.save(alert);
      this.#options.publish({ of: 'alert', alert });
    });
  }

  /** The ledger's trouble must not stop the market's events; the user is told all the same. */
  #write(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onFailure(error);
    }
  }
}
