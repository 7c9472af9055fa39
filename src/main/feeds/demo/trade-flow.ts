import type { DemoInstrument } from './demo-instruments.ts';
import { NoiseOctave, type PricePath } from './price-path.ts';
import { hash, paretoSize, Random, subSeed, unit } from './random.ts';
import { STEP_MS, type TouchPath } from './touch.ts';

/** Ids leave room for so many trades in a second. */
const ID_SLOTS = 64;
const MOST_TRADES = 60;
const MOST_INTENSITY = 30;
/** Log-intensity noise is scaled so that the mean over a day is the instrument's `tradesPerSecond`. */
const INTENSITY_NORM = 0.64;
const BURST_MEMORY_SECONDS = 5;
const BURST_PROBABILITY = 1 / 60;
const BURST_INTENSITY = 14;
/** Typical drift of one second, to tell a rising second from a falling one. */
const TYPICAL_DRIFT = 2.8e-4;

/** A trade in whole increments of price and size. */
export interface FlowTrade {
  readonly id: number;
  readonly time: number;
  readonly price: number;
  readonly size: number;
  readonly isBuy: boolean;
}

/**
 * The public trades of each second, as a pure function of the seed: arrivals are a Poisson process
 * whose intensity itself comes in clusters and bursts (a Cox process); sides keep for a while and
 * lean with the price; an aggressive order often prints several times in one millisecond.
 */
export class TradeFlow {
  readonly #spec: DemoInstrument;
  readonly #path: PricePath;
  readonly #touches: TouchPath;
  readonly #secondSeed: number;
  readonly #burstSeed: number;
  readonly #intensityNoise: readonly NoiseOctave[];
  readonly #offsets: number[] = [];

  constructor(seed: number, spec: DemoInstrument, path: PricePath, touches: TouchPath) {
    this.#spec = spec;
    this.#path = path;
    this.#touches = touches;
    this.#secondSeed = subSeed(seed, 'seconds');
    this.#burstSeed = subSeed(seed, 'bursts');
    this.#intensityNoise = [5, 23, 140].map(
      (period) => new NoiseOctave(subSeed(seed, `intensity ${period}`), period, () => 0.5),
    );
  }

  /** In order of time. */
  tradesOfSecond(second: number): readonly FlowTrade[] {
    const random = new Random(hash(this.#secondSeed, second));
    const count = random.poisson(this.#intensity(second), MOST_TRADES);
    const lean = 0.5 + Math.max(-0.35, Math.min(0.35, this.#lean(second)));
    const offsets = this.#arrivals(random, count);
    const trades: FlowTrade[] = [];
    let isBuy = random.next() < lean;
    let offset = 0;
    for (let i = 0; i < count; i++) {
      const isSameOrder = i > 0 && random.next() < 0.35;
      if (!isSameOrder) {
        offset = offsets[i] ?? 0;
        if (random.next() < 0.35) isBuy = random.next() < lean;
      }
      trades.push(this.#trade(second, i, offset, isBuy, random.next()));
    }
    return trades;
  }

  #trade(second: number, index: number, offset: number, isBuy: boolean, u: number): FlowTrade {
    const time = second * 1_000 + offset;
    const touch = this.#touches.at(Math.floor(time / STEP_MS));
    return {
      id: second * ID_SLOTS + index,
      time,
      price: isBuy ? touch.ask : touch.bid,
      size: Math.max(1, Math.round(paretoSize(this.#spec.medianTradeSize, u))),
      isBuy,
    };
  }

  #arrivals(random: Random, count: number): readonly number[] {
    const offsets = this.#offsets;
    offsets.length = 0;
    for (let i = 0; i < count; i++) offsets.push(Math.floor(random.next() * 1_000));
    return count > 1 ? offsets.sort((a, b) => a - b) : offsets;
  }

  #intensity(second: number): number {
    let noise = 0;
    for (const octave of this.#intensityNoise) noise += octave.at(second);
    const calm = this.#spec.tradesPerSecond * INTENSITY_NORM * Math.exp(noise);
    return Math.min(MOST_INTENSITY, calm * this.#path.volatility(second) + this.#bursts(second));
  }

  #bursts(second: number): number {
    let intensity = 0;
    for (let age = 0; age < BURST_MEMORY_SECONDS; age++) {
      const hashed = hash(this.#burstSeed, second - age);
      if (unit(hashed) < BURST_PROBABILITY) {
        intensity += (BURST_INTENSITY * ((hashed & 0xff) + 16)) / 256 / 2 ** age;
      }
    }
    return intensity;
  }

  #lean(second: number): number {
    return (0.2 * this.#path.drift(second)) / TYPICAL_DRIFT;
  }
}
