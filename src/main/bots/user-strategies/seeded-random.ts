const INCREMENT = 0x6d2b79f5;

/** A generator of 32-bit state (mulberry32) for `Math.random`: the same from the same state. */
export class SeededRandom {
  state: number;

  constructor(seed: string) {
    let state = 0;
    for (const letter of seed) state = (Math.imul(state, 31) + letter.charCodeAt(0)) | 0;
    this.state = state;
  }

  readonly next = (): number => {
    this.state = (this.state + INCREMENT) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
