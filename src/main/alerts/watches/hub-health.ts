import type { HubMetrics } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  NOTHING,
  type Reading,
} from '../watch.ts';

const MS_A_SECOND = 1_000;

/** A measure of the hub, as it is reported every few seconds, lies above a limit. */
export class HubHealth implements ConditionWatch {
  readonly #condition: ConditionOf<'hubHealth'>;
  #before: { readonly disconnections: number; readonly time: EpochMs } | null = null;

  constructor(condition: ConditionOf<'hubHealth'>) {
    this.#condition = condition;
  }

  take(news: AlertNews): readonly Reading[] {
    if (news.of !== 'metrics') return NOTHING;
    const value = this.#measure(news.metrics, news.time);
    if (value === null) return NOTHING;
    return [{ labels: {}, isMet: value > this.#condition.above, value, marketTime: null }];
  }

  copy(): HubHealth {
    const copy = new HubHealth(this.#condition);
    copy.#before = this.#before;
    return copy;
  }

  /** Null while there is nothing to compare with. */
  #measure(metrics: HubMetrics, time: EpochMs): number | null {
    switch (this.#condition.measure) {
      case 'latencyP99Ms':
        return metrics.latencyP99;
      case 'connections':
        return metrics.connections;
      case 'disconnectsPerSecond':
        return this.#disconnectRate(metrics.disconnections, time);
    }
  }

  #disconnectRate(disconnections: number, time: EpochMs): number | null {
    const before = this.#before;
    this.#before = { disconnections, time };
    if (!before || time <= before.time) return null;
    return (disconnections - before.disconnections) / ((time - before.time) / MS_A_SECOND);
  }
}
