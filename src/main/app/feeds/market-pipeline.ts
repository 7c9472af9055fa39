import type { MarketEvent } from '#domain/market-event.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';

export interface PipelineRooms {
  readonly market: MarketData;
  readonly recorder: Pick<TapeRecorder, 'record' | 'recordGap' | 'recordBackfill'>;
  readonly bots: { onEvent(event: MarketEvent): void };
  readonly alerts: { onEvent(event: MarketEvent): void };
}

/**
 * The way of every market event, live or replayed: the market first, then the tape, then the bots,
 * then the alert rules, and all of it before the next event. So a run gives the same fills and alerts
 * at any speed (rule T5).
 */
export function createPipeline({ market, recorder, bots, alerts }: PipelineRooms) {
  return (events: readonly MarketEvent[]): void => {
    for (const event of events) {
      market.apply(event);
      if (event.kind === 'trade') recorder.record(event.trade);
      else if (event.kind === 'gap') recorder.recordGap(event);
      else if (event.kind === 'backfill') {
        recorder.recordBackfill(event);
        // It was news once; nobody trades on it now.
        continue;
      }
      // Not on the tape, so that a replay could not repeat what a bot made of it (rule T5).
      if (event.kind === 'liquidation') continue;
      bots.onEvent(event);
      alerts.onEvent(event);
    }
  };
}
