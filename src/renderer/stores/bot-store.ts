import { createStore } from 'zustand/vanilla';
import type { MarkedPosition } from '#contract/model.ts';
import type { BotView } from '#contract/requests.ts';
import type { BotConfig, BotLogEntry, BotStatus } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type Order } from '#domain/order.ts';

export const FILLS_KEPT = 100;
export const LOGS_KEPT = 200;

/** All that the page knows of one bot. Each part keeps its identity while it does not change. */
export interface BotRecord {
  readonly config: BotConfig;
  readonly status: BotStatus;
  /** In the instrument that it mainly trades. */
  readonly position: MarkedPosition;
  /** In others: a bot that runs elsewhere may trade several. */
  readonly otherPositions: readonly MarkedPosition[];
  /** Newest first, at most `FILLS_KEPT`. */
  readonly fills: readonly Fill[];
  /** Newest first. */
  readonly openOrders: readonly Order[];
}

/** A line of a bot's log; `seq` is unique within the bot. */
type BotLogLine = BotLogEntry & { readonly seq: number };

export interface BotState {
  /** In order of creation. Null until the hub has answered for the first time. */
  readonly botIds: readonly string[] | null;
  readonly bots: Readonly<Record<string, BotRecord>>;
  /** Newest first, at most `LOGS_KEPT`; only of bots that are looked at. */
  readonly logs: Readonly<Record<string, readonly BotLogLine[]>>;
}

export const createBotStore = () =>
  createStore<BotState>(() => ({ botIds: null, bots: {}, logs: {} }));
export type BotStore = ReturnType<typeof createBotStore>;

/** Adds bots or takes over their newest views; fills and orders that are known stay. */
export function withBots(state: BotState, views: readonly BotView[]): BotState {
  const bots = { ...state.bots };
  for (const view of views) {
    const known = bots[view.config.id];
    bots[view.config.id] = {
      fills: known?.fills ?? [],
      openOrders: known?.openOrders ?? [],
      ...view,
      otherPositions: positionsBeside(view.position, known),
    };
  }
  return { ...state, bots, botIds: idsByCreation(bots) };
}

const positionsBeside = (main: MarkedPosition, known: BotRecord | undefined) =>
  known ? positionsOf(known).filter((one) => one.instrumentId !== main.instrumentId) : [];

/** The newest of a position, in whichever instrument. */
export function withPosition(bot: BotRecord, position: MarkedPosition): Partial<BotRecord> {
  if (position.instrumentId === bot.config.instrumentId) return { position };
  const others = bot.otherPositions.filter((one) => one.instrumentId !== position.instrumentId);
  return { otherPositions: [...others, position] };
}

export const positionsOf = (
  bot: Pick<BotRecord, 'position' | 'otherPositions'>,
): readonly MarkedPosition[] => [bot.position, ...bot.otherPositions];

export function withoutBot(state: BotState, botId: string): BotState {
  const { [botId]: _removed, ...bots } = state.bots;
  const { [botId]: _logs, ...logs } = state.logs;
  return { bots, logs, botIds: idsByCreation(bots) };
}

/** Fills by id, each once, newest first. `incoming` may repeat what is known. */
export function mergeFills(
  known: readonly Fill[],
  incoming: readonly Fill[],
  most: number = FILLS_KEPT,
): readonly Fill[] {
  const knownIds = new Set(known.map((fill) => fill.id));
  const fresh = incoming.filter((fill) => !knownIds.has(fill.id));
  if (fresh.length === 0) return known;
  const merged = [...fresh, ...known].sort((a, b) => b.eventTime - a.eventTime);
  return merged.slice(0, most);
}

/** Applies an order's newest state to the open ones. */
export function mergeOrder(open: readonly Order[], order: Order): readonly Order[] {
  const others = open.filter((one) => one.id !== order.id);
  if (!isOpen(order)) return others;
  return [order, ...others].sort((a, b) => b.createdTime - a.createdTime);
}

const idsByCreation = (bots: Readonly<Record<string, BotRecord>>): readonly string[] =>
  Object.values(bots)
    .sort((a, b) => a.config.createdTime - b.config.createdTime)
    .map((bot) => bot.config.id);

const fillsByState = new WeakMap<BotState['bots'], Map<InstrumentId, readonly Fill[]>>();
const NO_FILLS: readonly Fill[] = [];

/** The fills of all bots in one instrument, oldest first: the chart's markers. Memoised by state. */
export function fillsOfInstrument(
  state: Pick<BotState, 'bots'>,
  id: InstrumentId | null,
): readonly Fill[] {
  if (id === null) return NO_FILLS;
  const cache = fillsByState.get(state.bots) ?? new Map<InstrumentId, readonly Fill[]>();
  fillsByState.set(state.bots, cache);
  const cached = cache.get(id);
  if (cached !== undefined) return cached;
  const fills = Object.values(state.bots)
    .flatMap((bot) => bot.fills)
    .filter((fill) => fill.instrumentId === id)
    .sort((a, b) => a.eventTime - b.eventTime);
  cache.set(id, fills);
  return fills;
}
