import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import {
  drawdownOf,
  NEW_PERFORMANCE,
  type Performance,
  performanceAt,
} from '#domain/performance.ts';
import type { EpochMs } from '#domain/units.ts';

/** What has to be remembered of all bots together. */
export interface FleetRecord {
  /** What they have won and lost since they are watched, those that are no more included. */
  readonly pnl: DecimalString;
  readonly performance: Pick<Performance, 'peakPnl' | 'maxDrawdown'>;
  /** PnL of each bot as it was last seen. */
  readonly members: Readonly<Record<string, DecimalString>>;
}

export const NEW_FLEET: FleetRecord = {
  pnl: toDecimalString(ZERO),
  performance: NEW_PERFORMANCE,
  members: {},
};

/**
 * How far all bots of a currency together are below their best moment. Only what a bot wins or loses
 * while it is among them counts: that one comes with a profit, or goes with a loss, is neither.
 */
export class FleetDrawdown {
  #record: FleetRecord;

  constructor(record: FleetRecord) {
    this.#record = record;
  }

  get record(): FleetRecord {
    return this.#record;
  }

  /** PnL of each bot as it is now; true where anything has changed. */
  see(members: Readonly<Record<string, DecimalString>>, now: EpochMs): boolean {
    const before = this.#record;
    let pnl = decimal(before.pnl);
    let isChanged = Object.keys(members).length !== Object.keys(before.members).length;
    for (const [botId, value] of Object.entries(members)) {
      const known = before.members[botId];
      if (known === value) continue;
      isChanged = true;
      if (known !== undefined) pnl = pnl.plus(value).minus(known);
    }
    if (!isChanged) return false;
    const total = toDecimalString(pnl);
    const { peakPnl, maxDrawdown } = performanceAt(
      { ...NEW_PERFORMANCE, ...before.performance },
      total,
      now,
    );
    this.#record = { pnl: total, performance: { peakPnl, maxDrawdown }, members };
    return true;
  }

  get drawdown(): DecimalString {
    const { pnl, performance } = this.#record;
    return drawdownOf({ ...NEW_PERFORMANCE, ...performance }, pnl);
  }

  get maxDrawdown(): DecimalString {
    return this.#record.performance.maxDrawdown;
  }
}
