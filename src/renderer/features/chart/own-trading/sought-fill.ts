import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubClient } from '../../../client/hub-client.ts';
import type { RevealedFill } from '../../../stores/selection-store.ts';
import type { OwnTradingView } from './own-trading-view.ts';

export interface SoughtFillOptions {
  readonly client: Pick<HubClient, 'request'>;
  readonly trading: Pick<OwnTradingView, 'reveal' | 'fillOf' | 'add'>;
  readonly isOfChart: (fill: Fill) => boolean;
  /** Has the chart show bars from a time on; says whether there are any, null while there are none at all. */
  readonly showFrom: (time: EpochMs) => Promise<boolean | null>;
  /** It stands where the chart does not reach. */
  readonly onOutOfReach: (fill: Fill) => void;
}

/** Takes the chart to one fill, however long ago it was: finds it, and its stretch of bars. */
export class SoughtFill {
  readonly #options: SoughtFillOptions;
  #sought: RevealedFill | null = null;

  constructor(options: SoughtFillOptions) {
    this.#options = options;
  }

  /** Null: none any more. */
  seek(revealed: RevealedFill | null): void {
    this.#sought = revealed;
    this.#options.trading.reveal(revealed?.fillId ?? null);
    if (revealed !== null) void this.#goBack(revealed);
  }

  /** Bars are there that were not: what could not be reached before may be now. */
  barsLoaded(): void {
    if (this.#sought !== null) void this.#goBack(this.#sought);
  }

  dispose(): void {
    this.#sought = null;
  }

  async #goBack(revealed: RevealedFill): Promise<void> {
    const { trading, isOfChart, showFrom, onOutOfReach } = this.#options;
    const fill = revealed.fill ?? trading.fillOf(revealed.fillId) ?? (await this.#ask(revealed));
    if (this.#sought !== revealed || fill === null || !isOfChart(fill)) return;
    trading.add(fill);
    const isShown = await showFrom(fill.eventTime);
    if (this.#sought !== revealed || isShown === null) return;
    // One was there: from now on the chart goes where the user takes it.
    this.#sought = null;
    if (!isShown) onOutOfReach(fill);
  }

  /** One of long ago, that somebody remembers by its id. */
  async #ask({ fillId }: RevealedFill): Promise<Fill | null> {
    const reply = await this.#options.client.request('fills.why', { fillId });
    return reply.ok ? reply.value.fill : null;
  }
}
