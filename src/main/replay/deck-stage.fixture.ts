import { fail, type Result, succeed } from '#contract/errors.ts';
import { candleOpenTime } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DeckStage, StagedBot } from './deck-stage.ts';
import { idOf } from './replay-source.fixture.ts';

export const A = 'a:A/B' as InstrumentId;
export const B = 'b:A/B' as InstrumentId;
/** Trades at which the bot of a stage below has a fill. */
const FILLED = new Set(['a2', 'b2']);

/** A stage that writes down what it was given. */
export class StageDouble implements DeckStage {
  readonly remembered: string[] = [];
  /** What its bots have lived through. */
  readonly played: string[] = [];
  /** Since its market was seeded. */
  shown: string[] = [];
  readonly #bots: StagedBot[] = [];
  readonly #fills: EpochMs[] = [];
  /** What it was given to play itself, and not known from where it goes on. */
  givenCount = 0;
  isDisposed = false;

  copy(): StageDouble {
    const copy = new StageDouble();
    copy.played.push(...this.played);
    copy.#bots.push(...this.#bots);
    copy.#fills.push(...this.#fills);
    return copy;
  }

  /** All that came before this minute is known. */
  seed = (time: EpochMs) => {
    const since = candleOpenTime(time, '1m');
    this.shown = [];
    return succeed(new Map([A, B].map((id) => [id, since])));
  };
  show = (event: MarketEvent) => void this.shown.push(idOf(event));
  forget = () => undefined;
  remember(event: MarketEvent): void {
    this.remembered.push(idOf(event));
    this.show(event);
  }
  settled(): null {
    return null;
  }

  play(event: MarketEvent): void {
    this.show(event);
    this.pass(event);
  }
  pass(event: MarketEvent): void {
    this.givenCount += 1;
    this.played.push(idOf(event));
    if (event.kind !== 'trade' || this.#bots.length === 0 || !FILLED.has(idOf(event))) return;
    this.#fills.push(event.trade.eventTime);
  }
  addBot(bot: StagedBot): Result<void> {
    if (bot.draft.strategy === 'luck') return fail('invalid_payload', 'strategy: there is no luck');
    this.#bots.push(bot);
    return succeed(undefined);
  }
  advance = () => undefined;
  alertRuleCount = 0;
  botIds = () => this.#bots.map(({ id }) => id);
  bots = () => this.#bots;
  retell = () => undefined;
  get fillCount(): number {
    return this.#fills.length;
  }
  fillBefore = (time: EpochMs) => this.#fills.findLast((one) => one < time) ?? null;
  async dispose(): Promise<void> {
    this.isDisposed = true;
  }
}
