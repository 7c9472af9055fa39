import type { TimerClock } from '#domain/clock.ts';
import { type EpochMs, isEpochMs } from '#domain/units.ts';
import type { ClockSample } from '../feed.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';

const PERIOD_MS = 60_000;

/**
 * Compares our clock with the exchange's, at once and each minute, where it tells the time. The
 * returned function ends it; an answer that comes later is not told.
 */
export function sampleClock(
  house: ExchangeHouse,
  clock: TimerClock,
  onSample: (sample: ClockSample) => void,
): () => void {
  if (house.requests.has['fetchTime'] !== true) return () => undefined;
  let isOver = false;
  const sample = async (): Promise<void> => {
    const sentTime = clock.now();
    try {
      const exchangeTime = await house.requests.fetchTime();
      const receivedTime = clock.now();
      if (isOver || exchangeTime === undefined || !isEpochMs(exchangeTime)) return;
      // A clock told in steps is off by half of one, either way: so is the trip made longer.
      const half = (traitsOf(house.exchange).clockStepMs ?? 0) / 2;
      onSample({
        sentTime: (sentTime - half) as EpochMs,
        exchangeTime: (exchangeTime + half) as EpochMs,
        receivedTime: (receivedTime + half) as EpochMs,
      });
    } catch (error) {
      // Without an answer there is no sample; what the exchange asked for with it is remembered.
      house.understand(error);
    }
  };
  void sample();
  const stop = clock.setInterval(() => void sample(), PERIOD_MS);
  return () => {
    isOver = true;
    stop();
  };
}
