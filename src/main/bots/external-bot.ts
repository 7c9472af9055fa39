import type { MarkedPosition } from '#contract/model.ts';
import type { BotView } from '#contract/requests.ts';
import { type BotConfig, type BotStatus, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { type DecimalString, toDecimalString, ZERO } from '#domain/decimal.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { drawdownOf, NEW_PERFORMANCE, pnlTodayOf } from '#domain/performance.ts';
import { flatPosition, type Position, unrealizedPnl } from '#domain/position.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ExternalRuntime, StoredExternalBot } from './external-bot-store.ts';

/** Of a bot that has not named its instrument yet. */
export const UNASSIGNED_INSTRUMENT = 'external:unassigned' as InstrumentId;

const NIL = toDecimalString(ZERO);

export type MarkPrice = (id: InstrumentId) => number | null;

/** One external bot as it stands on disk. */
export class ExternalBot {
  config: BotConfig;
  runtime: ExternalRuntime;
  readonly #positions: Map<InstrumentId, Position>;
  readonly #openOrderIds: Set<string>;
  /** Null until something is heard of it after a start of ours. */
  heardTime: EpochMs | null = null;
  /** When it last told of its equity, since a start of ours. */
  equityTime: EpochMs | null = null;
  /** Nothing was heard of it for too long. */
  isSilent = true;
  /** What became of the last wish that it stop; null where there is none. */
  stopNote: string | null = null;

  constructor(stored: StoredExternalBot) {
    this.config = stored.config;
    this.runtime = stored.runtime;
    this.#positions = new Map(stored.positions.map((one) => [one.instrumentId, one]));
    this.#openOrderIds = new Set(stored.openOrderIds);
  }

  get id(): string {
    return this.config.id;
  }

  /** What its money is in; empty where its instrument does not tell. */
  get currency(): string {
    return namesOf(this.config.instrumentId).quote;
  }

  applyOrder(order: Order): void {
    if (isOpen(order)) this.#openOrderIds.add(order.id);
    else this.#openOrderIds.delete(order.id);
  }

  applyPosition(position: Position): void {
    this.#positions.set(position.instrumentId, position);
  }

  status(now: EpochMs): BotStatus {
    const { botId, state, error, money, performance, fillCount, lastFillTime } = this.runtime;
    const { capabilities } = this.runtime;
    const drawdown = drawdownOf(performance, money.equity);
    const isSilent = this.isSilent && state === 'running';
    return {
      botId,
      state: isSilent ? 'silent' : state,
      pausedBy: null,
      error: isSilent ? 'Nothing is heard of it' : error,
      reason: this.stopNote,
      ...money,
      drawdown,
      maxDrawdown: performance.maxDrawdown,
      pnlToday: pnlTodayOf(performance, money.equity, now),
      openOrders: this.#openOrderIds.size,
      fillCount,
      lastFillTime,
      capabilities,
    };
  }

  positions(markPrice: MarkPrice): readonly MarkedPosition[] {
    return [...this.#positions.values()].map((position) => marked(position, markPrice));
  }

  view(markPrice: MarkPrice, now: EpochMs): BotView {
    const { id, instrumentId, createdTime } = this.config;
    const position =
      this.#positions.get(instrumentId) ?? flatPosition(id, instrumentId, createdTime);
    const status = this.status(now);
    return { config: this.config, status, position: marked(position, markPrice) };
  }
}

export function marked(position: Position, markPrice: MarkPrice): MarkedPosition {
  const price = markPrice(position.instrumentId);
  return { ...position, unrealizedPnl: price === null ? NIL : unrealizedPnl(position, price) };
}

const NOTHING_REPORTED = {
  cash: NIL,
  equity: NIL,
  realizedPnl: NIL,
  unrealizedPnl: NIL,
  fees: NIL,
} satisfies Record<string, DecimalString>;

/** A bot at its first word. */
export const newExternalBot = (botId: string, createdTime: EpochMs): StoredExternalBot => ({
  config: {
    id: botId,
    name: botId,
    strategy: EXTERNAL_STRATEGY,
    instrumentId: UNASSIGNED_INSTRUMENT,
    params: {},
    initialCash: NIL,
    makerFeeBps: 0,
    takerFeeBps: 0,
    latencyMs: 0,
    slippageBps: 0,
    leverage: 1,
    limits: DEFAULT_LIMITS,
    schedule: null,
    createdTime,
    archivedTime: null,
  },
  runtime: {
    botId,
    state: 'running',
    error: null,
    money: NOTHING_REPORTED,
    performance: NEW_PERFORMANCE,
    fillCount: 0,
    lastFillTime: null,
    capabilities: [],
    stop: null,
  },
  positions: [],
  openOrderIds: [],
});
