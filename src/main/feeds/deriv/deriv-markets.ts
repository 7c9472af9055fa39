import { type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import { searchInstruments } from '#domain/instrument-search.ts';
import type { EpochMs } from '#domain/units.ts';
import { derivAddress } from './address.ts';
import { CallBudget } from './call-budget.ts';
import { DerivConnection } from './connection.ts';
import { instrumentOf } from './instruments.ts';
import { readListings } from './parse.ts';
import { QuestionLine, resultOf } from './question-line.ts';

/** Symbols come and go by the week, and whoever types asks with every letter. */
const KEPT_MS = 10 * 60_000;

/** What Deriv offers, for whoever looks for something to watch. Connects only when it is asked. */
export class DerivMarkets {
  readonly #clock: TimerClock;
  readonly #line: QuestionLine;
  #known: { readonly instruments: readonly Instrument[]; readonly time: EpochMs } | null = null;

  constructor({ url, clock }: { readonly url: string; readonly clock: TimerClock }) {
    const address = derivAddress(url);
    const budget = new CallBudget(clock);
    this.#clock = clock;
    this.#line = new QuestionLine(clock, async () =>
      address.ok
        ? resultOf(await DerivConnection.open({ url: address.value, clock, budget }))
        : address,
    );
  }

  async search(text: string, limit: number): Promise<Result<readonly Instrument[]>> {
    const offered = await this.#offered();
    return offered.ok ? succeed(searchInstruments(offered.value, text).slice(0, limit)) : offered;
  }

  /** Of what is known already; nobody is asked. */
  searchKnown(text: string, limit: number): readonly Instrument[] {
    return searchInstruments(this.#known?.instruments ?? [], text).slice(0, limit);
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  async #offered(): Promise<Result<readonly Instrument[]>> {
    const now = this.#clock.now();
    if (this.#known && now - this.#known.time < KEPT_MS) return succeed(this.#known.instruments);
    const listings = await this.#line.ask((asking) =>
      asking.request({ active_symbols: 'brief' }, readListings),
    );
    if (!listings.ok) return listings;
    const instruments = listings.value
      .map(instrumentOf)
      .sort((a, b) => a.symbol.localeCompare(b.symbol));
    this.#known = { instruments, time: now };
    return succeed(instruments);
  }
}
