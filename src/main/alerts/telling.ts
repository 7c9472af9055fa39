import type { Alert, AlertDelivery, AlertDeliveryReason, AlertPolicy } from '#domain/alert.ts';
import { SEVERITIES, type Severity } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Agenda, AgendaWork } from './agenda.ts';
import { AlertGroup } from './alert-group.ts';
import type { AlertMessage, AlertRoute } from './route.ts';
import { wordsFor } from './wording.ts';

export interface TellingOptions {
  readonly agenda: Agenda;
  readonly policy: () => AlertPolicy;
  readonly routes: readonly AlertRoute[];
  /** By a silence, or because another alert says it all. */
  readonly isMuted: (alert: Alert, time: EpochMs) => boolean;
  readonly hasSound: (alert: Alert) => boolean;
  readonly botName: (botId: string) => string;
  /** The user was told that these fire. */
  readonly onTold: (alertIds: readonly string[], time: EpochMs) => void;
  readonly onEscalated: (alert: Alert, time: EpochMs) => void;
  readonly onDelivery: (delivery: AlertDelivery) => void;
}

/** Decides when the user is told of which alerts together, and tells him by every route. */
export class AlertTelling {
  readonly #options: TellingOptions;
  readonly #groups = new Map<string, AlertGroup>();

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  /** It fires or is over, or the user has seen it. */
  put(alert: Alert, time: EpochMs): void {
    const key = this.#keyOf(alert);
    let group = this.#groups.get(key);
    if (!group) {
      // Nobody was told of it.
      if (alert.state === 'resolved') return;
      group = new AlertGroup();
      this.#groups.set(key, group);
      this.#tickAt(key, (time + this.#options.policy().groupWaitMs) as EpochMs);
    }
    if (alert.state === 'firing' || group.has(alert.id)) group.put(alert);
    if (alert.state === 'resolved' || alert.acknowledgedTime !== null) {
      this.#options.agenda.delete(escalationKey(alert.id));
    }
  }

  /** One that fires since before the start. */
  restore(alert: Alert, toldTime: EpochMs | null, now: EpochMs): void {
    this.put(alert, now);
    if (toldTime === null) return;
    const key = this.#keyOf(alert);
    this.#groups.get(key)?.restoreTold(alert.id, toldTime);
    this.#tickAt(key, (now + this.#options.policy().groupIntervalMs) as EpochMs);
    this.#escalateLater([alert], Math.min(toldTime, now) as EpochMs);
  }

  save(): ReadonlyMap<string, AlertGroup> {
    return copied(this.#groups);
  }

  /** Goes on from there, but for what stood in the agenda. */
  resume(groups: ReadonlyMap<string, AlertGroup>): void {
    for (const [key, group] of copied(groups)) this.#groups.set(key, group);
  }

  /** What of its own stands in the agenda under a key, if anything. */
  workOf(agendaKey: string, firing: Iterable<Alert>): AgendaWork | undefined {
    for (const key of this.#groups.keys()) {
      if (groupKey(key) === agendaKey) return (time) => this.#tick(key, time);
    }
    for (const alert of firing) {
      if (escalationKey(alert.id) === agendaKey) return (time) => this.#escalate(alert, time);
    }
    return undefined;
  }

  /** Nothing more is told of it. */
  forget(alert: Alert): void {
    this.#options.agenda.delete(escalationKey(alert.id));
    for (const group of this.#groups.values()) group.remove(alert.id);
  }

  /** Groups as the policy has them now. `told` says when the user was told of each. */
  regroup(
    firing: readonly { readonly alert: Alert; readonly toldTime: EpochMs | null }[],
    now: EpochMs,
  ): void {
    for (const key of this.#groups.keys()) this.#options.agenda.delete(groupKey(key));
    this.#groups.clear();
    for (const { alert, toldTime } of firing) this.restore(alert, toldTime, now);
  }

  /** At once, past groups and silences. */
  test(alert: Alert, time: EpochMs): void {
    this.#tell('test', { firing: [alert], resolved: [] }, time);
  }

  #tickAt(key: string, time: EpochMs): void {
    this.#options.agenda.set(groupKey(key), time, (due) => this.#tick(key, due));
  }

  #tick(key: string, time: EpochMs): void {
    const group = this.#groups.get(key);
    if (!group) return;
    const { policy, isMuted, onTold } = this.#options;
    const news = group.tick(time, policy(), (alert) => isMuted(alert, time));
    if (news) {
      const ids = news.firing.map(({ id }) => id);
      if (ids.length > 0) onTold(ids, time);
      this.#tell(news.reason, news, time);
      this.#escalateLater(news.firing, time);
    }
    if (group.isEmpty) this.#groups.delete(key);
    else this.#tickAt(key, (time + policy().groupIntervalMs) as EpochMs);
  }

  #escalateLater(alerts: readonly Alert[], since: EpochMs): void {
    const { agenda, policy } = this.#options;
    const { escalateAfterMs } = policy();
    if (escalateAfterMs === null) return;
    for (const alert of alerts) {
      const { severity, escalatedTime, acknowledgedTime } = alert;
      if (severity !== 'critical' || escalatedTime !== null || acknowledgedTime !== null) continue;
      const due = (since + escalateAfterMs) as EpochMs;
      agenda.set(escalationKey(alert.id), due, (time) => this.#escalate(alert, time));
    }
  }

  #escalate(alert: Alert, time: EpochMs): void {
    const { isMuted, onEscalated } = this.#options;
    if (isMuted(alert, time)) {
      this.#escalateLater([alert], time);
      return;
    }
    const escalated = { ...alert, escalatedTime: time };
    onEscalated(escalated, time);
    this.#tell('escalation', { firing: [escalated], resolved: [] }, time);
  }

  #tell(
    reason: AlertDeliveryReason,
    news: { readonly firing: readonly Alert[]; readonly resolved: readonly Alert[] },
    time: EpochMs,
  ): void {
    const { firing, resolved } = news;
    const told = reason === 'resolved' ? resolved : firing;
    const severity = reason === 'resolved' ? 'info' : worstOf(told);
    const message: AlertMessage = {
      id: `${told[0]?.id ?? ''}-${reason}-${time}`,
      ...{ reason, severity, firing, resolved, time },
      ...wordsFor(reason, told, this.#options.botName),
      sound:
        reason === 'escalation' || (reason !== 'resolved' && told.some(this.#options.hasSound)),
    };
    for (const route of this.#options.routes) this.#deliver(route, message);
  }

  #deliver(route: AlertRoute, message: AlertMessage): void {
    const record = (error: string | null) => {
      const { id, time, reason, title, firing, resolved } = message;
      this.#options.onDelivery({
        id: `${id}-${route.id}`,
        ...{ time, routeId: route.id, reason, title, error },
        alertIds: [...firing, ...resolved].map((alert) => alert.id),
      });
    };
    const failed = (error: unknown) =>
      record(error instanceof Error ? error.message : String(error));
    try {
      const outcome = route.deliver(message);
      if (outcome instanceof Promise) {
        outcome.then((sent) => record(sent.ok ? null : sent.error.message), failed);
      } else record(outcome.ok ? null : outcome.error.message);
    } catch (error) {
      failed(error);
    }
  }

  #keyOf({ labels }: Alert): string {
    return this.#options
      .policy()
      .groupBy.map((label) => labels[label] ?? '')
      .join('\n');
  }
}

const copied = (groups: ReadonlyMap<string, AlertGroup>): Map<string, AlertGroup> =>
  new Map([...groups].map(([key, group]) => [key, group.copy()]));

const groupKey = (key: string): string => `group ${key}`;
const escalationKey = (alertId: string): string => `escalation ${alertId}`;

const worstOf = (alerts: readonly Alert[]): Severity =>
  SEVERITIES.findLast((severity) => alerts.some((alert) => alert.severity === severity)) ?? 'info';
