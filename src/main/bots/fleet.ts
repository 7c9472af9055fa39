import type { BotLine, BotRecord, BotRecordReceipt } from '#contract/bot-records.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { MarkedPosition } from '#contract/model.ts';
import type { BotView, RequestParams, StrategyDescription } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { OrderPrices } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import type { OrdersAtPause, PositionAtStop } from './bot-lifecycle.ts';
import type { BotRegistry } from './bot-registry.ts';
import type { ExternalBots } from './external-bots.ts';

const RUNS_ELSEWHERE = fail(
  'invalid_state',
  'This bot runs outside of Tapedeck: only where it runs can that be done',
);

const CANNOT_FLATTEN = fail(
  'invalid_state',
  'This bot runs outside of Tapedeck: it can be told to stop, but not to close its position',
);

/** `isArchived` is false of one that is back in sight. */
type ArchivedListener = (botId: string, isArchived: boolean) => void;

/** All bots that the user sees: those that run here, and those that only report here. */
export class Fleet {
  readonly #own: BotRegistry;
  readonly #external: ExternalBots;
  readonly #removedListeners = new Set<(botId: string) => void>();
  readonly #archivedListeners = new Set<ArchivedListener>();

  constructor(own: BotRegistry, external: ExternalBots) {
    this.#own = own;
    this.#external = external;
    own.onRemoved((botId) => this.#tellRemoved(botId));
  }

  /** Brings to disk what waits for it. */
  flush(): void {
    this.#own.flush();
  }

  strategies(): readonly StrategyDescription[] {
    return this.#own.strategies();
  }

  ids(): readonly string[] {
    return [...this.#own.ids(), ...this.#external.ids()];
  }

  has(botId: string): boolean {
    return this.#own.has(botId) || this.#external.has(botId);
  }

  /** Those in sight: the archived ones are not. */
  list(): readonly BotView[] {
    return this.#all().filter(({ config }) => config.archivedTime === null);
  }

  archived(): readonly BotView[] {
    return this.#all().filter(({ config }) => config.archivedTime !== null);
  }

  /** Those that mainly trade this instrument. */
  on(instrumentId: InstrumentId): readonly BotView[] {
    const external = this.#external.list();
    return [
      ...this.#own.on(instrumentId),
      ...external.filter(({ config }) => config.instrumentId === instrumentId),
    ];
  }

  get(botId: string): Result<BotView> {
    const external = this.#external.get(botId);
    return external ? succeed(external) : this.#own.get(botId);
  }

  positions(): readonly MarkedPosition[] {
    const own = this.#own.list().filter(({ config }) => config.archivedTime === null);
    return [...own.map(({ position }) => position), ...this.#external.positions()];
  }

  onCreated(listener: (botId: string) => void): () => void {
    const stopOwn = this.#own.onCreated(listener);
    const stopExternal = this.#external.onCreated(listener);
    return () => {
      stopOwn();
      stopExternal();
    };
  }

  onRemoved(listener: (botId: string) => void): () => void {
    this.#removedListeners.add(listener);
    return () => this.#removedListeners.delete(listener);
  }

  onArchived(listener: ArchivedListener): () => void {
    this.#archivedListeners.add(listener);
    return () => this.#archivedListeners.delete(listener);
  }

  create(draft: RequestParams<'bots.create'>): Result<BotView> {
    return this.#own.create(draft);
  }

  update(update: RequestParams<'bots.update'>): Result<BotView> {
    return this.#external.has(update.botId) ? RUNS_ELSEWHERE : this.#own.update(update);
  }

  start(botId: string): Result<BotView> {
    return this.#external.has(botId) ? RUNS_ELSEWHERE : this.#own.start(botId);
  }

  pause(botId: string, orders: OrdersAtPause): Result<BotView> {
    return this.#external.has(botId) ? RUNS_ELSEWHERE : this.#own.pause(botId, orders);
  }

  stop(botId: string, position: PositionAtStop): Result<BotView> {
    if (!this.#external.has(botId)) return this.#own.stop(botId, position);
    if (!this.#external.canStop(botId)) return RUNS_ELSEWHERE;
    return position === 'flatten' ? CANNOT_FLATTEN : this.#external.stop(botId);
  }

  clone(request: RequestParams<'bots.clone'>): Result<BotView> {
    return this.#external.has(request.botId) ? RUNS_ELSEWHERE : this.#own.clone(request);
  }

  archive(botId: string, isArchived: boolean): Result<BotView> {
    const bots = this.#external.has(botId) ? this.#external : this.#own;
    const archived = bots.archive(botId, isArchived);
    if (archived.ok) for (const listener of this.#archivedListeners) listener(botId, isArchived);
    return archived;
  }

  placeOrder(botId: string, draft: OrderDraft): Result<Order> {
    return this.#external.has(botId) ? RUNS_ELSEWHERE : this.#own.placeOrder(botId, draft);
  }

  placePair(botId: string, drafts: OrderPair): Result<readonly Order[]> {
    return this.#external.has(botId) ? RUNS_ELSEWHERE : this.#own.placePair(botId, drafts);
  }

  changeOrder(order: Order, prices: OrderPrices): Result<Order> {
    return this.#external.has(order.botId) ? RUNS_ELSEWHERE : this.#own.changeOrder(order, prices);
  }

  closePosition(botId: string): Result<Order> {
    return this.#external.has(botId) ? RUNS_ELSEWHERE : this.#own.closePosition(botId);
  }

  remove(botId: string): Result<{ botId: string }> {
    if (!this.#external.has(botId)) return this.#own.remove(botId);
    const removed = this.#external.remove(botId);
    if (removed.ok) this.#tellRemoved(botId);
    return removed;
  }

  cancelOrder(order: Order): Result<Order> {
    return this.#external.has(order.botId) ? RUNS_ELSEWHERE : this.#own.cancelOrder(order);
  }

  /** Takes what an external bot reports; nobody reports in the name of a bot that runs here. */
  async publish(
    record: BotRecord,
    caller: Caller,
    line: BotLine,
  ): Promise<Result<BotRecordReceipt>> {
    if (this.#own.has(record.botId)) return fail('access_denied', 'Access denied');
    return this.#external.publish(record, caller, line);
  }

  #all(): readonly BotView[] {
    return [...this.#own.list(), ...this.#external.list()];
  }

  #tellRemoved(botId: string): void {
    for (const listener of this.#removedListeners) listener(botId);
  }
}
