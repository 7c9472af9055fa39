import { type AlertRule, watchedInstrument } from '#domain/alert-rule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { RuleRun } from './rule-run.ts';

/** The rules that are watched for, found by what they watch. */
export class RuleRuns {
  readonly #runs = new Map<string, RuleRun>();
  #onInstrument = new Map<InstrumentId, readonly RuleRun[]>();
  #ofBots: readonly RuleRun[] = [];
  #ofBotMoney: readonly RuleRun[] = [];
  #ofFeeds: readonly RuleRun[] = [];
  #ofHub: readonly RuleRun[] = [];

  [Symbol.iterator](): Iterator<RuleRun> {
    return this.#runs.values();
  }

  get(ruleId: string): RuleRun | undefined {
    return this.#runs.get(ruleId);
  }

  on(id: InstrumentId): readonly RuleRun[] | undefined {
    return this.#onInstrument.get(id);
  }

  get ofBots(): readonly RuleRun[] {
    return this.#ofBots;
  }

  /** Those of them whose measure changes with each price. */
  get ofBotMoney(): readonly RuleRun[] {
    return this.#ofBotMoney;
  }

  get ofFeeds(): readonly RuleRun[] {
    return this.#ofFeeds;
  }

  get ofHub(): readonly RuleRun[] {
    return this.#ofHub;
  }

  add(...runs: readonly RuleRun[]): void {
    for (const run of runs) this.#runs.set(run.rule.id, run);
    this.#index();
  }

  /** Ends it as well. */
  remove(ruleId: string): void {
    this.#runs.get(ruleId)?.dispose();
    this.#runs.delete(ruleId);
    this.#index();
  }

  #index(): void {
    const runs = [...this.#runs.values()];
    const ofKind = (...kinds: readonly AlertRule['condition']['kind'][]) =>
      runs.filter(({ rule }) => kinds.includes(rule.condition.kind));
    this.#ofBotMoney = ofKind('positionPnl', 'drawdown');
    this.#ofBots = ofKind('positionPnl', 'drawdown', 'botState');
    this.#ofFeeds = ofKind('feedStale');
    this.#ofHub = ofKind('hubHealth');
    const byInstrument = Map.groupBy(runs, ({ rule }) => watchedInstrument(rule.condition));
    this.#onInstrument = new Map(
      [...byInstrument].flatMap(([id, group]) => (id === null ? [] : [[id, group]])),
    );
  }
}
