import type { Fill } from '#domain/fill.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { type BotRecord, type BotStore, fillsOfInstrument } from '../../stores/bot-store.ts';
import { type OwnLine, ownLinesOf } from './own-lines.ts';

const LOADED_FILLS = 1_000;
/** The most that is marked; past it the oldest go. */
const MOST_FILLS = 5_000;

export interface OwnTradingOptions {
  readonly client: Pick<HubClient, 'request'>;
  readonly bots: BotStore;
  readonly instrument: Instrument;
  /** Fills or lines are other ones than before. */
  readonly onChange: () => void;
}

/** What our bots did and wait for in one instrument: the ledger's last fills, kept up by the store. */
export class OwnTrading {
  readonly #bots: BotStore;
  readonly #instrumentId: InstrumentId;
  readonly #onChange: () => void;
  readonly #leave: () => void;
  readonly #fills = new Map<string, Fill>();
  #storeFills: readonly Fill[] = [];
  #lineSources: readonly unknown[] = [];
  #lines: readonly OwnLine[] = [];
  #isDisposed = false;

  constructor({ client, bots, instrument, onChange }: OwnTradingOptions) {
    this.#bots = bots;
    this.#instrumentId = instrument.id;
    this.#onChange = onChange;
    this.#leave = bots.subscribe(() => this.#read());
    this.#read();
    void this.#load(client);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#leave();
  }

  get lines(): readonly OwnLine[] {
    return this.#lines;
  }

  /** Of bots that still exist. */
  get fills(): Fill[] {
    const { botIds, bots } = this.#bots.getState();
    const all = [...this.#fills.values()];
    return botIds === null ? all : all.filter((fill) => bots[fill.botId] !== undefined);
  }

  async #load(client: Pick<HubClient, 'request'>): Promise<void> {
    const params = { instrumentId: this.#instrumentId, limit: LOADED_FILLS };
    const result = await client.request('fills.list', params);
    // A failure is no loss to tell of: the store brings the last fills of each bot as well.
    if (this.#isDisposed || !result.ok) return;
    for (const fill of result.value.items.toReversed()) this.#fills.set(fill.id, fill);
    this.#onChange();
  }

  #read(): void {
    const state = this.#bots.getState();
    const storeFills = fillsOfInstrument(state, this.#instrumentId);
    const hasNewFills = !isSameList(storeFills, this.#storeFills);
    const hasNewLines = this.#readLines(Object.values(state.bots));
    if (hasNewFills) this.#addFills(storeFills);
    if (hasNewFills || hasNewLines) this.#onChange();
  }

  #addFills(fills: readonly Fill[]): void {
    this.#storeFills = fills;
    for (const fill of fills) this.#fills.set(fill.id, fill);
    for (const id of this.#fills.keys()) {
      if (this.#fills.size <= MOST_FILLS) break;
      this.#fills.delete(id);
    }
  }

  /** Bots change with each price; their lines only with their orders and positions. */
  #readLines(bots: readonly BotRecord[]): boolean {
    const sources = bots.flatMap(({ config, position, openOrders }) => [
      config.name,
      position.quantity,
      position.averagePrice,
      openOrders,
    ]);
    if (isSameList(sources, this.#lineSources)) return false;
    this.#lineSources = sources;
    this.#lines = ownLinesOf(bots, this.#instrumentId);
    return true;
  }
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
