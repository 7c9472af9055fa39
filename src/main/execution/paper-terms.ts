import type { FeeSchedule } from '#domain/fee-schedule.ts';

/** On what terms a bot's orders are executed: of its configuration, and may change while it runs. */
export interface PaperTerms extends FeeSchedule {
  /** From sending an order or a cancel to its reaching the market, in the market's time. */
  readonly latencyMs: number;
  /** How much worse a taker fares than the price that is known, where no book tells. */
  readonly slippageBps: number;
  /** Value that may be held, in multiples of the equity. */
  readonly leverage: number;
}
