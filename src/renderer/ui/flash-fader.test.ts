import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FlashFader } from './flash-fader.ts';

/** So much of an element as the fader needs, with a count of what was written. */
class Attributes {
  readonly values = new Map<string, string>();
  writes = 0;

  getAttribute(name: string): string | null {
    return this.values.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.writes += 1;
    this.values.set(name, value);
  }
  removeAttribute(name: string): void {
    this.values.delete(name);
  }
  get look(): string {
    return `${this.values.get('data-flash')} ${this.values.get('data-fade')}`;
  }
}

let clock: FakeClock;
let fader: FlashFader;
let price: Attributes;
/** Steps that wait for the next frame. */
let frames: (() => void)[];
const draw = () => {
  for (const work of frames.splice(0)) work();
};
const elementOf = (attributes: Attributes) => attributes as unknown as Element;

beforeEach(() => {
  clock = new FakeClock();
  fader = new FlashFader(clock, { schedule: (_key, work) => frames.push(work) });
  frames = [];
  price = new Attributes();
});

describe('FlashFader', () => {
  it('lets an element flash and fade once by its age, and leaves nothing behind', () => {
    fader.flash(elementOf(price), 'up');
    const looks = [price.look];
    for (let wake = 0; wake < 3; wake++) {
      clock.advance(280);
      draw();
      looks.push(price.look);
    }
    expect(looks).toEqual(['up 0', 'up 2', 'up 4', 'undefined undefined']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('begins anew with each change, and writes nothing where it looks so already', () => {
    fader.flash(elementOf(price), 'up');
    const { writes } = price;
    fader.flash(elementOf(price), 'up');
    expect(price.writes).toBe(writes);
    clock.advance(280);
    draw();
    expect(price.look).toBe('up 2');
    fader.flash(elementOf(price), 'down');
    expect(price.look).toBe('down 0');
  });

  it('lets what flashed before fade in the frames of what flashes now, and asks for none', () => {
    const other = new Attributes();
    fader.flash(elementOf(price), 'up');
    const looks: string[] = [];
    for (let flash = 0; flash < 6; flash++) {
      clock.advance(140);
      fader.flash(elementOf(other), 'down');
      looks.push(price.look);
    }
    expect(looks).toEqual([
      'up 1',
      'up 2',
      'up 3',
      'up 4',
      ...Array(2).fill('undefined undefined'),
    ]);
    expect(frames).toEqual([]);
    expect(clock.pendingTimers).toBe(1);
  });

  it('lets go of an element that is no more', () => {
    fader.flash(elementOf(price), 'up');
    fader.forget(elementOf(price));
    expect(clock.pendingTimers).toBe(0);
    expect(price.look).toBe('up 0');
  });
});
