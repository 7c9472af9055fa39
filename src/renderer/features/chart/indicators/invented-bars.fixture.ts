import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';

const START = Date.UTC(2024, 2, 14, 20);
const MINUTE = 60_000;

/** Invented bars of minutes from a seeded walk; the same for the same seed. */
export function inventedBars(count: number, seed: number, barMs: number = MINUTE): Candle[] {
  let state = seed >>> 0;
  const random = () => {
    // Park and Miller's generator, 1988.
    state = (state * 48_271) % 2_147_483_647 || 1;
    return state / 2_147_483_647;
  };
  let price = 100;
  return Array.from({ length: count }, (_, index) => {
    const open = price;
    const close = Math.max(1, open + (random() - 0.5) * 2);
    price = close;
    const volume = Math.round(random() * 1_000) / 10 + 0.1;
    return {
      openTime: (START + index * barMs) as EpochMs,
      open: open as Price,
      high: (Math.max(open, close) + random()) as Price,
      low: (Math.min(open, close) - random() / 2) as Price,
      close: close as Price,
      volume,
      buyVolume: Math.round(volume * random() * 10) / 10,
      tradeCount: 1 + Math.floor(random() * 50),
      isClosed: true,
    };
  });
}
