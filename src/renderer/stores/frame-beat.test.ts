import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FrameBeat } from './frame-beat.ts';

const FRAME_MS = 1_000 / 60;
const PERIOD_MS = 2 * FRAME_MS;

/** A page that draws sixty frames a second, where one is asked for. */
class FakePage {
  readonly #clock = new FakeClock();
  #time = 10_000;
  #nextFrame = 10_000 + 7;
  #callbacks: ((time: number) => void)[] = [];
  /** When frames were drawn that somebody had asked for. */
  readonly drawn: number[] = [];

  now = (): number => this.#time;
  setTimeout = (callback: () => void, delayMs: number): (() => void) =>
    this.#clock.setTimeout(callback, delayMs);
  readonly frames = {
    request: (callback: (time: number) => void) => {
      this.#callbacks.push(callback);
      return () => undefined;
    },
  };
  get pendingTimers(): number {
    return this.#clock.pendingTimers;
  }

  /** In steps of a millisecond. */
  pass(ms: number, each: () => void = () => undefined): void {
    for (const end = this.#time + ms; this.#time < end; ) {
      this.#time += 1;
      each();
      this.#clock.advance(1);
      if (this.#time >= this.#nextFrame) this.#frame();
    }
  }

  #frame(): void {
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    if (callbacks.length > 0) this.drawn.push(this.#nextFrame);
    for (const callback of callbacks) callback(this.#nextFrame);
    this.#nextFrame += FRAME_MS;
  }
}

let page: FakePage;
let beat: FrameBeat;
beforeEach(() => {
  page = new FakePage();
  beat = new FrameBeat(page, PERIOD_MS);
});

/** Asks again whenever it was called; tells when that was. */
function follower(frames: ReturnType<FrameBeat['each']>) {
  const times: number[] = [];
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    frames.request((time) => {
      isAsked = false;
      times.push(time);
    });
  };
  return { times, ask };
}

const distances = (times: readonly number[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('FrameBeat', () => {
  it('answers within a few milliseconds after a pause, and gathers what comes meanwhile', () => {
    const { times, ask } = follower(beat.each(1));
    page.pass(500);
    const asked = page.now();
    ask();
    page.pass(20);
    expect(times.map((time) => time - asked)).toEqual([4]);
  });

  it('calls thirty times a second where it is always asked, shortly before a frame', () => {
    const { times, ask } = follower(beat.each(1));
    page.pass(1_000, ask);
    expect(times.length).toBeGreaterThanOrEqual(29);
    expect(times.length).toBeLessThanOrEqual(31);
    const settled = times.slice(2);
    for (const time of settled) {
      const lead = Math.min(...page.drawn.filter((frame) => frame >= time)) - time;
      expect(lead).toBeGreaterThanOrEqual(2);
      expect(lead).toBeLessThanOrEqual(5);
    }
  });

  it('does what is due less often together with the rest, so that no frame is drawn for it alone', () => {
    const [often, seldom] = [follower(beat.each(1)), follower(beat.each(3))];
    page.pass(1_000, () => {
      often.ask();
      seldom.ask();
    });
    expect(seldom.times.length).toBeGreaterThanOrEqual(9);
    expect(seldom.times.length).toBeLessThanOrEqual(11);
    expect(seldom.times.filter((time) => !often.times.includes(time))).toEqual([]);
    expect(page.drawn.length).toBeLessThanOrEqual(31);
  });

  it('draws by one frame each time what is told ten times a second', () => {
    const [often, seldom] = [follower(beat.each(1)), follower(beat.each(3))];
    seldom.ask();
    page.pass(50);
    for (let told = 0; told < 20; told++) {
      often.ask();
      seldom.ask();
      page.pass(100);
    }
    expect(often.times).toHaveLength(20);
    expect(seldom.times.slice(1)).toEqual(often.times);
    expect(page.drawn).toHaveLength(21);
  });

  it('gives what is due less often the very next beat after a pause', () => {
    const { times, ask } = follower(beat.each(3));
    ask();
    page.pass(400);
    ask();
    page.pass(8);
    expect(times).toHaveLength(2);
  });

  it('keeps its distance however it is asked', () => {
    const { times, ask } = follower(beat.each(1));
    let random = 1;
    page.pass(2_000, () => {
      random = (random * 48_271) % 2_147_483_647;
      if (random % 11 === 0) ask();
    });
    expect(times.length).toBeGreaterThan(20);
    expect(Math.min(...distances(times))).toBeGreaterThanOrEqual(PERIOD_MS - 6);
  });

  it('calls the others though one of them fails', () => {
    const called: string[] = [];
    beat.each(1).request(() => {
      throw new Error('drawing failed');
    });
    beat.each(1).request(() => called.push('other'));
    expect(() => page.pass(10)).toThrow('drawing failed');
    page.pass(50);
    expect(called).toEqual(['other']);
  });

  it('lets go of what is cancelled, and of its timer', () => {
    const frames = beat.each(1);
    const called: string[] = [];
    const cancel = frames.request(() => called.push('a'));
    frames.request(() => called.push('b'))();
    cancel();
    expect(page.pendingTimers).toBe(0);
    page.pass(100);
    expect(called).toEqual([]);
    expect(page.drawn).toEqual([]);
  });

  it('asks for no frame while nobody waits', () => {
    const { ask } = follower(beat.each(1));
    ask();
    page.pass(1_000);
    expect(page.drawn).toHaveLength(1);
    expect(page.pendingTimers).toBe(0);
  });
});
