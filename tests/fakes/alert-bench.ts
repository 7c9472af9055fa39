import type { AlertRuleDraft } from '#contract/alert-model.ts';
import { alertRuleDraftSchema } from '#contract/alert-model.ts';
import { type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { HubMetrics } from '#contract/publications.ts';
import { type Alert, type AlertPolicy, DEFAULT_ALERT_POLICY } from '#domain/alert.ts';
import type { AlertCondition, AlertRule } from '#domain/alert-rule.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { FeedState } from '#domain/feed.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { AlertEngine } from '#main/alerts/alert-engine.ts';
import { Alerts } from '#main/alerts/alerts.ts';
import type { AlertMessage } from '#main/alerts/route.ts';
import type { Touch, WatchedBot } from '#main/alerts/watch.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryAlertStore } from './memory-alert-store.ts';

export const BTC = 'demo:BTC/USDT' as InstrumentId;
export const ETH = 'demo:ETH/USDT' as InstrumentId;

/** Fires at a price, and tells at once what it has to tell. */
export const LEVEL = (level: number, direction: 'up' | 'down' | 'either' = 'up') =>
  ({ kind: 'priceCross', instrumentId: BTC, level: level as Price, direction }) as const;

const BASE: AlertPolicy = { ...DEFAULT_ALERT_POLICY, groupWaitMs: 0, inhibitions: [] };

const NO_THREADS = { running: 0, died: 0 };

/** Alerts over invented markets, bots and feeds, by a clock that is set by hand. */
export class AlertBench {
  readonly clock: FakeClock;
  readonly store: MemoryAlertStore;
  readonly messages: AlertMessage[] = [];
  /** Every change of an alert, as told. */
  readonly told: Alert[] = [];
  readonly failures: unknown[] = [];
  readonly bots = new Map<string, WatchedBot>();
  touch: Touch | null = null;
  /** What the route answers. */
  outcome: () => Result<void> | Promise<Result<void>> = () => succeed(undefined);
  engine: AlertEngine;
  alerts: Alerts;
  #ids = 0;
  #trades = 0;

  constructor(
    policy: Partial<AlertPolicy> = {},
    clock = new FakeClock(),
    store = new MemoryAlertStore(),
  ) {
    this.clock = clock;
    this.store = store;
    if (!store.policy()) store.savePolicy({ ...BASE, ...policy });
    this.engine = this.#start();
    this.alerts = this.#open();
  }

  /** As after the end of the process. */
  restart(): void {
    this.engine = this.#start();
    this.alerts = this.#open();
  }

  rule(condition: AlertCondition, draft: Partial<AlertRuleDraft> = {}): AlertRule {
    const name = draft.name ?? condition.kind;
    const created = this.alerts.createRule(
      alertRuleDraftSchema.parse({ cooldownMs: 1_000, ...draft, name, condition }),
    );
    if (!created.ok) throw new Error(created.error.message);
    return created.value;
  }

  event(event: MarketEvent): void {
    this.engine.onEvent(event);
  }

  trade(
    price: number,
    { id = BTC, size = 1, at }: { id?: InstrumentId; size?: number; at?: number } = {},
  ): void {
    this.#trades += 1;
    const eventTime = (at ?? this.clock.now()) as EpochMs;
    this.event({
      kind: 'trade',
      trade: {
        instrumentId: id,
        id: String(this.#trades),
        ...{ price: price as Price, size: size as Size, aggressorSide: 'buy' },
        ...{ eventTime, receivedTime: this.clock.now() },
      },
    });
  }

  quote(bid: number, ask: number): void {
    this.touch = { bidPrice: bid, askPrice: ask };
    const size = 1 as Size;
    this.event({
      kind: 'quote',
      quote: {
        instrumentId: BTC,
        ...{ bidPrice: bid as Price, askPrice: ask as Price, bidSize: size, askSize: size },
        ...{ eventTime: null, receivedTime: this.clock.now() },
      },
    });
  }

  bot(id: string, changes: Partial<Omit<WatchedBot, 'equity'>> & { equity?: number } = {}): void {
    const { equity = 1_000, ...rest } = changes;
    this.bots.set(id, {
      ...{ id, name: id, instrumentId: BTC, state: 'running' },
      ...{ initialCash: '1000' as DecimalString, unrealizedPnl: '0' as DecimalString },
      equity: String(equity) as DecimalString,
      ...rest,
    });
    this.engine.onBot(id, this.bots.get(id)?.state ?? 'running');
  }

  feed(id: string, state: FeedState, instruments: readonly FeedState[] = []): void {
    const exchange = namesOf(BTC).exchange;
    const status: FeedStatus = {
      ...{ id, exchange, spec: exchange, state },
      instruments: instruments.map((one) => ({ id: BTC, state: one, lastEventTime: null })),
      ...{ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null, lastGap: null },
      ...{ tradesPerMinute: 0, reconnects: 0, rejected: 0, rejectedSamples: [] },
    };
    this.engine.onFeeds([status]);
  }

  metrics(changes: Partial<HubMetrics>): void {
    this.engine.onMetrics({
      ...{ connections: 0, subscriptions: 0, messagesPerSecond: 0, errors: 0, rooms: 0 },
      ...{ reconnections: 0, disconnections: 0, conflationWindowMs: 16, memory: 0, cpu: 0 },
      ...{ uptime: 0, eventLoopDelayP50: 0, eventLoopDelayP99: 0, latencyP50: 0, latencyP95: 0 },
      ...{ latencyP99: 0, tapeTrades: 0, tapeBytes: 0, ledgerBytes: 0, tapePending: 0 },
      ...{ recovered: 0, dropped: 0, tapeFailure: null, ledgerFailure: null },
      exchangeWorker: { isRunning: false, deaths: 0 },
      threads: { strategy: NO_THREADS, backtest: NO_THREADS, tape: NO_THREADS },
      ...changes,
    });
  }

  /** Time passes, and what is due is done: as often as `steps` says. */
  pass(ms: number, steps = 1): void {
    for (let step = 0; step < steps; step += 1) {
      this.clock.advance(ms / steps);
      this.engine.advance();
    }
  }

  /** `reason title` of every message so far. */
  get said(): readonly string[] {
    return this.messages.map(({ reason, title }) => `${reason} ${title}`);
  }

  /** `state value` of every change so far. */
  get changes(): readonly string[] {
    return this.told.map(({ state, value }) => `${state} ${value}`);
  }

  #start(): AlertEngine {
    const createId = () => {
      this.#ids += 1;
      return `id${this.#ids}`;
    };
    return new AlertEngine({
      ...{ clock: this.clock, store: this.store, createId, resumed: null },
      publish: (item) => {
        if (item.of === 'alert') this.told.push(item.alert);
      },
      routes: [
        {
          id: 'test',
          deliver: (message) => {
            this.messages.push(message);
            return this.outcome();
          },
        },
      ],
      bots: {
        list: () => [...this.bots.values()],
        get: (id) => this.bots.get(id) ?? null,
        nameOf: (id) => this.bots.get(id)?.name ?? id,
        on: (id) => [...this.bots.values()].filter(({ instrumentId }) => instrumentId === id),
      },
      touchOf: () => this.touch,
      onFailure: (error) => this.failures.push(error),
    });
  }

  #open(): Alerts {
    let rules = 0;
    return new Alerts({
      ...{ clock: this.clock, store: this.store, engine: this.engine, publish: () => undefined },
      createId: () => {
        rules += 1;
        return `rule${rules}`;
      },
    });
  }
}

/** Crosses the level upwards, from below. */
export const cross = (bench: AlertBench, level = 100) => {
  bench.trade(level - 1);
  bench.trade(level);
};
/** Below it again. */
export const back = (bench: AlertBench, level = 100) => bench.trade(level - 1);
