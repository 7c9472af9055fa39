import type { Alert } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Agenda, AgendaWork } from './agenda.ts';
import { createWatch } from './create-watch.ts';
import { type AlertNews, type ConditionWatch, type Reading, subjectKey } from './watch.ts';

/** What a rule's alerts were when Tapedeck ended. */
export interface RulePast {
  readonly memory: unknown;
  readonly firing: readonly Alert[];
  /** The last ones, for their cooldown, those that fire included. */
  readonly recent: readonly Alert[];
}

export const NO_PAST: RulePast = { memory: undefined, firing: [], recent: [] };

export interface RuleRunOptions {
  readonly agenda: Agenda;
  readonly createId: () => string;
  /** It fired, or it is over. */
  readonly onChange: (alert: Alert, time: EpochMs) => void;
}

/** A rule at work as it stands, but for what of it is in the agenda. */
export interface SavedRule {
  readonly rule: AlertRule;
  readonly watch: ConditionWatch;
  readonly subjects: ReadonlyMap<string, Readonly<Subject>>;
}

/** One thing that a rule watches. */
interface Subject {
  reading: Reading;
  /** Since when the condition holds; null while it does not. */
  pendingTime: EpochMs | null;
  firedTime: EpochMs | null;
  alert: Alert | null;
}

/**
 * A rule at work. A condition that holds for long enough fires once, and is over when it no longer
 * holds. What begins to hold within the cooldown fires at its end, if it still does.
 */
export class RuleRun {
  #rule: AlertRule;
  #watch: ConditionWatch;
  readonly #options: RuleRunOptions;
  readonly #subjects = new Map<string, Subject>();

  constructor(rule: AlertRule, past: RulePast, options: RuleRunOptions) {
    this.#rule = rule;
    this.#options = options;
    const firing = past.firing.map(({ labels }) => labels);
    this.#watch = createWatch(rule.condition, { memory: past.memory, firing });
    for (const alert of past.recent) this.#restore(alert, null);
    for (const alert of past.firing) this.#restore(alert, alert);
  }

  /** One that goes on from there. */
  static resumed({ rule, watch, subjects }: SavedRule, options: RuleRunOptions): RuleRun {
    const run = new RuleRun(rule, NO_PAST, options);
    run.#watch = watch.copy();
    for (const [key, subject] of subjects) run.#subjects.set(key, { ...subject });
    return run;
  }

  save(): SavedRule {
    const subjects = [...this.#subjects].map(([key, subject]) => [key, { ...subject }] as const);
    return { rule: this.#rule, watch: this.#watch.copy(), subjects: new Map(subjects) };
  }

  get rule(): AlertRule {
    return this.#rule;
  }

  /** Of one that watches for the same as before. */
  rename(rule: AlertRule): void {
    this.#rule = rule;
  }

  memory(): unknown {
    return this.#watch.memory?.();
  }

  take(news: AlertNews, now: EpochMs): void {
    for (const reading of this.#watch.take(news)) this.#observe(reading, now);
  }

  /** The user acknowledged it, or it was escalated. */
  replace(alert: Alert): void {
    const subject = this.#subjects.get(subjectKey(alert.labels));
    if (subject?.alert?.id === alert.id) subject.alert = alert;
  }

  /** Nothing is watched any more: what was pending is forgotten. */
  dispose(): void {
    for (const key of this.#subjects.keys()) this.#options.agenda.delete(this.#agendaKey(key));
  }

  #restore(past: Alert, alert: Alert | null): void {
    const { labels, value, marketTime, pendingTime, firedTime } = past;
    const key = subjectKey(labels);
    const known = this.#subjects.get(key)?.firedTime ?? firedTime;
    this.#subjects.set(key, {
      reading: { labels, isMet: alert !== null, value, marketTime },
      pendingTime: alert && pendingTime,
      firedTime: Math.max(known, firedTime) as EpochMs,
      alert,
    });
  }

  #observe(reading: Reading, now: EpochMs): void {
    const key = subjectKey(reading.labels);
    let subject = this.#subjects.get(key);
    if (!subject) {
      // What never was cannot be over.
      if (!reading.isMet) return;
      subject = { reading, pendingTime: null, firedTime: null, alert: null };
      this.#subjects.set(key, subject);
    }
    if (reading.isMet === null) {
      if (!subject.alert) this.#forgetPending(key, subject);
      return;
    }
    subject.reading = reading;
    if (!reading.isMet) this.#end(key, subject, now);
    else if (!subject.alert) this.#hold(key, subject, now);
  }

  #hold(key: string, subject: Subject, now: EpochMs): void {
    if (subject.pendingTime !== null) return;
    subject.pendingTime = now;
    const { forMs, cooldownMs } = this.#rule;
    const ready = now + forMs;
    // One that fired before the clock was set back fired now at the latest.
    const firedTime = Math.min(now, subject.firedTime ?? Number.NEGATIVE_INFINITY);
    const due = Math.max(ready, firedTime + cooldownMs);
    if (due <= now) this.#fire(subject, now);
    else this.#options.agenda.set(this.#agendaKey(key), due as EpochMs, this.#firing(subject));
  }

  /** What of its own stands in the agenda under a key, if anything. */
  workOf(agendaKey: string): AgendaWork | undefined {
    for (const [key, subject] of this.#subjects) {
      if (this.#agendaKey(key) === agendaKey) return this.#firing(subject);
    }
    return undefined;
  }

  #firing(subject: Subject): AgendaWork {
    return (time) => this.#fire(subject, time);
  }

  #fire(subject: Subject, time: EpochMs): void {
    const { id: ruleId, name, severity, condition } = this.#rule;
    const { labels, value, marketTime } = subject.reading;
    subject.firedTime = time;
    subject.alert = {
      id: this.#options.createId(),
      ...{ ruleId, ruleName: name, severity, condition, value, marketTime },
      labels: { rule: ruleId, kind: condition.kind, severity, ...labels },
      state: 'firing',
      pendingTime: subject.pendingTime ?? time,
      firedTime: time,
      ...{ resolvedTime: null, acknowledgedTime: null, escalatedTime: null },
      isTest: false,
    };
    this.#options.onChange(subject.alert, time);
  }

  #end(key: string, subject: Subject, now: EpochMs): void {
    this.#forgetPending(key, subject);
    const { alert } = subject;
    if (!alert) return;
    subject.alert = null;
    this.#options.onChange({ ...alert, state: 'resolved', resolvedTime: now }, now);
  }

  #forgetPending(key: string, subject: Subject): void {
    this.#options.agenda.delete(this.#agendaKey(key));
    subject.pendingTime = null;
  }

  #agendaKey(key: string): string {
    return `rule ${this.#rule.id} ${key}`;
  }
}
