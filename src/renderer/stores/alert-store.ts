import { createStore } from 'zustand/vanilla';
import type { Alert, AlertSilence } from '#domain/alert.ts';
import type { AlertRule, CrossingDirection } from '#domain/alert-rule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Severity } from '#domain/notification.ts';
import type { Price } from '#domain/units.ts';

export const ALERTS_KEPT = 200;

/** A price that a rule watches, as a chart draws it: `alerts.updateRule` moves it. */
export interface AlertLevel {
  readonly ruleId: string;
  readonly name: string;
  readonly price: Price;
  readonly direction: CrossingDirection;
  readonly severity: Severity;
  readonly isEnabled: boolean;
}

export interface AlertState {
  /** Null until the hub has told. */
  readonly rules: readonly AlertRule[] | null;
  readonly silences: readonly AlertSilence[];
  /** Newest first; all that fire, and the last that are over. */
  readonly alerts: readonly Alert[];
  /** Those of open replay decks by the deck's id, newest first. */
  readonly deckAlerts: Readonly<Record<string, readonly Alert[]>>;
  /** Of live rules and of decks', by the instrument as it is shown. */
  readonly levels: Readonly<Record<InstrumentId, readonly AlertLevel[]>>;
}

export const createAlertStore = () =>
  createStore<AlertState>(() => ({
    rules: null,
    silences: [],
    alerts: [],
    deckAlerts: {},
    levels: {},
  }));
export type AlertStore = ReturnType<typeof createAlertStore>;

const NO_LEVELS: readonly AlertLevel[] = [];

/** The price levels of an instrument. The same object while nothing of them changes. */
export const alertLevelsOf = (state: AlertState, id: InstrumentId | null): readonly AlertLevel[] =>
  (id === null ? undefined : state.levels[id]) ?? NO_LEVELS;

/** All rules, of live and of decks; the levels of instruments that nothing changed of stay as they are. */
export function withLevels(state: AlertState, rules: readonly AlertRule[]): AlertState {
  const levels = new Map<InstrumentId, AlertLevel[]>();
  for (const { id: ruleId, name, condition, severity, isEnabled } of rules) {
    if (condition.kind !== 'priceCross') continue;
    const { instrumentId, level: price, direction } = condition;
    const known = levels.get(instrumentId) ?? [];
    levels.set(instrumentId, [...known, { ruleId, name, price, direction, severity, isEnabled }]);
  }
  const kept = [...levels].map(([id, fresh]): [InstrumentId, readonly AlertLevel[]] => {
    const before = state.levels[id];
    return [id, JSON.stringify(before) === JSON.stringify(fresh) && before ? before : fresh];
  });
  return { ...state, levels: Object.fromEntries(kept) };
}

/** Takes in alerts as they stand now, newest first; of those that are over only the last are kept. */
export function mergeAlerts(known: readonly Alert[], news: readonly Alert[]): readonly Alert[] {
  const byId = new Map(known.map((alert) => [alert.id, alert]));
  for (const alert of news) byId.set(alert.id, alert);
  return [...byId.values()]
    .sort((a, b) => b.firedTime - a.firedTime)
    .filter(({ state }, index) => state === 'firing' || index < ALERTS_KEPT);
}

export const isFiring = ({ state }: Alert): boolean => state === 'firing';
