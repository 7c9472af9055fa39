import type { Result } from '#contract/errors.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { HubClient } from '../../../client/hub-client.ts';
import {
  type BotRecord,
  type BotStore,
  fillsOfInstrument,
  positionsOf,
} from '../../../stores/bot-store.ts';
import { type OwnLine, ownLinesOf } from './own-lines.ts';

/** The most of one request. */
const FILLS_A_PAGE = 1_000;
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
  /** One that was gone to, however old. */
  #added: Fill | null = null;
  #storeFills: readonly Fill[] = [];
  #lineSources: readonly unknown[] = [];
  #lines: readonly OwnLine[] = [];
  #fillsVersion = 0;
  #botIds: readonly string[] | null = null;
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

  /** Grows with each change of the fills. */
  get fillsVersion(): number {
    return this.#fillsVersion;
  }

  get lines(): readonly OwnLine[] {
    return this.#lines;
  }

  /** Of bots that still exist. */
  get fills(): Fill[] {
    const { botIds, bots } = this.#bots.getState();
    const added = this.#added !== null && !this.#fills.has(this.#added.id) ? [this.#added] : [];
    const all = [...added, ...this.#fills.values()];
    return botIds === null ? all : all.filter((fill) => bots[fill.botId] !== undefined);
  }

  fillOf(fillId: string): Fill | undefined {
    return this.#fills.get(fillId);
  }

  /** Takes in one fill beside the newest; the next one takes its place. */
  add(fill: Fill): void {
    if (this.#fills.has(fill.id)) return;
    this.#added = fill;
    this.#fillsVersion += 1;
    this.#onChange();
  }

  /** Page by page, newest first. A failure is no loss to tell of: the store brings the last ones, too. */
  async #load(client: Pick<HubClient, 'request'>): Promise<void> {
    let before: string | null = null;
    do {
      const page: Result<RequestResult<'fills.list'>> = await client.request('fills.list', {
        ...{ instrumentId: this.#instrumentId, limit: FILLS_A_PAGE },
        ...(before === null ? {} : { before }),
      });
      if (this.#isDisposed || !page.ok) return;
      before = page.value.nextBefore;
      this.#addOlder(page.value.items);
      this.#onChange();
    } while (before !== null && this.#fills.size < MOST_FILLS);
  }

  /** `fills`: newest first. The map keeps its order: what is dropped are the oldest. */
  #addOlder(fills: readonly Fill[]): void {
    this.#fillsVersion += 1;
    const newer = [...this.#fills.values()];
    this.#fills.clear();
    for (const fill of [...fills.toReversed(), ...newer]) this.#fills.set(fill.id, fill);
  }

  #read(): void {
    const state = this.#bots.getState();
    const storeFills = fillsOfInstrument(state, this.#instrumentId);
    const hasNewFills = !isSameList(storeFills, this.#storeFills);
    const hasNewLines = this.#readLines(Object.values(state.bots));
    const hasOtherBots = state.botIds !== this.#botIds;
    this.#botIds = state.botIds;
    // Fills of a bot that is gone go with it.
    if (hasOtherBots) this.#fillsVersion += 1;
    if (hasNewFills) this.#addFills(storeFills);
    if (hasNewFills || hasNewLines || hasOtherBots) this.#onChange();
  }

  #addFills(fills: readonly Fill[]): void {
    this.#fillsVersion += 1;
    this.#storeFills = fills;
    for (const fill of fills) this.#fills.set(fill.id, fill);
    for (const id of this.#fills.keys()) {
      if (this.#fills.size <= MOST_FILLS) break;
      this.#fills.delete(id);
    }
  }

  /** Bots change all the time; their lines only with their orders, their positions and what these won. */
  #readLines(bots: readonly BotRecord[]): boolean {
    const isHere = ({ instrumentId }: { readonly instrumentId: InstrumentId }) =>
      instrumentId === this.#instrumentId;
    const here = bots.filter((bot) => positionsOf(bot).some(isHere) || bot.openOrders.some(isHere));
    const sources = here.flatMap((bot) => [
      bot.config.name,
      bot.openOrders,
      ...positionsOf(bot)
        .filter(isHere)
        .flatMap(({ quantity, averagePrice, unrealizedPnl }) => [
          quantity,
          averagePrice,
          unrealizedPnl,
        ]),
    ]);
    if (isSameList(sources, this.#lineSources)) return false;
    this.#lineSources = sources;
    this.#lines = ownLinesOf(here, this.#instrumentId);
    return true;
  }
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
