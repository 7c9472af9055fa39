import { bell, hash, subSeed, unit } from './random.ts';

/**
 * Smooth noise: a random value at each multiple of `period`, and a smoothstep between them. Keeps
 * the two values around the last time asked for, which changes its speed and nothing else.
 */
export class NoiseOctave {
  readonly #seed: number;
  readonly #period: number;
  /** Shifts the lattice, so that the octaves' flat spots do not fall together. */
  readonly #phase: number;
  readonly #amplitudeAt: (time: number) => number;
  #cell = Number.NaN;
  #left = 0;
  #right = 0;

  constructor(seed: number, period: number, amplitudeAt: (time: number) => number) {
    this.#seed = seed;
    this.#period = period;
    this.#phase = unit(hash(seed, 0xffff_ffff));
    this.#amplitudeAt = amplitudeAt;
  }

  at(time: number): number {
    const position = time / this.#period + this.#phase;
    const cell = Math.floor(position);
    if (cell !== this.#cell) this.#enter(cell);
    const x = position - cell;
    return this.#left + (this.#right - this.#left) * x * x * (3 - 2 * x);
  }

  #enter(cell: number): void {
    this.#left = cell === this.#cell + 1 ? this.#right : this.#value(cell);
    this.#right = this.#value(cell + 1);
    this.#cell = cell;
  }

  #value(cell: number): number {
    const time = (cell - this.#phase) * this.#period;
    return bell(hash(this.#seed, cell)) * this.#amplitudeAt(time);
  }
}

/** Periods in seconds, 2 s to 6 days: with amplitudes that grow with √period their sum walks randomly. */
const OCTAVES = Array.from({ length: 19 }, (_, i) => 2 ** (i + 1));
/** Amplitude of a 1 s octave: yields about 55 % a year at the scale of hours and days. */
const AMPLITUDE = 4.2e-5;
/** Octaves up to this long have their amplitude moved by the volatility; longer ones average over it. */
const MODULATED_SECONDS = 1_024;

/** The fair price over absolute time, as a pure function of its seed. Times are seconds of the epoch. */
export class PricePath {
  readonly #octaves: readonly NoiseOctave[];
  readonly #fastOctave: NoiseOctave;
  readonly #volatilityNoise: readonly NoiseOctave[];
  readonly #basePrice: number;
  #second = Number.NaN;
  #logStart = 0;
  #logEnd = 0;

  constructor(seed: number, basePrice: number, relativeVolatility: number) {
    this.#basePrice = basePrice;
    this.#volatilityNoise = [97, 811].map(
      (period) => new NoiseOctave(subSeed(seed, `volatility ${period}`), period, () => 0.26),
    );
    const octave = (period: number) =>
      new NoiseOctave(
        subSeed(seed, `price ${period}`),
        period,
        this.#amplitude(period, relativeVolatility),
      );
    this.#octaves = OCTAVES.map(octave);
    this.#fastOctave = octave(1);
  }

  /** Around 1. Changes over minutes: calm and busy times come in clusters. */
  volatility(second: number): number {
    let noise = 0;
    for (const octave of this.#volatilityNoise) noise += octave.at(second);
    return Math.exp(noise);
  }

  price(time: number): number {
    const second = Math.floor(time);
    this.#enter(second);
    const log = this.#logStart + (this.#logEnd - this.#logStart) * (time - second);
    return this.#basePrice * Math.exp(log + this.#fastOctave.at(time));
  }

  /** The log return over the second, without its fastest octave. */
  drift(second: number): number {
    this.#enter(second);
    return this.#logEnd - this.#logStart;
  }

  #enter(second: number): void {
    if (second === this.#second) return;
    this.#logStart = second === this.#second + 1 ? this.#logEnd : this.#log(second);
    this.#logEnd = this.#log(second + 1);
    this.#second = second;
  }

  #log(second: number): number {
    let sum = 0;
    for (const octave of this.#octaves) sum += octave.at(second);
    return sum;
  }

  #amplitude(period: number, relativeVolatility: number): (time: number) => number {
    const amplitude = AMPLITUDE * relativeVolatility * Math.sqrt(period);
    if (period > MODULATED_SECONDS) return () => amplitude;
    return (time) => amplitude * this.volatility(time);
  }
}
