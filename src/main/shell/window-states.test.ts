import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowStatesFile } from './window-states.ts';

const screen = { x: 0, y: 0, width: 1_920, height: 1_080 };
const first = {
  ...{ id: null, maximized: true },
  bounds: { x: 100, y: 50, width: 1_200, height: 800 },
};
const second = { ...first, id: 'k3v9', maximized: false };

let folder: string;
let file: WindowStatesFile;
const path = () => join(folder, 'user data/window.json');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-window-'));
  file = new WindowStatesFile(path());
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('WindowStatesFile', () => {
  it('gives back all that was written, in order, and leaves no half-written file', () => {
    expect(file.write([second, first])).toBe(true);
    expect(file.read([screen])).toEqual([second, first]);
    expect(readdirSync(join(folder, 'user data'))).toEqual(['window.json']);
  });

  it('has nothing at the first start', () => {
    expect(file.read([screen])).toEqual([]);
  });

  it('takes what an earlier version kept of its one window', () => {
    file.write([]);
    const { id: _, ...state } = first;
    writeFileSync(path(), JSON.stringify(state));
    expect(file.read([screen])).toEqual([first]);
  });

  it.each([
    ...['', '{', 'null', '{"bounds":{"x":0}}', '{"bounds":null,"maximized":false}'],
    ...['{"windows":7}', `{"windows":[${JSON.stringify({ ...first, id: '../x' })}]}`],
  ])('takes a damaged file (%j) for none', (text) => {
    file.write([first]);
    writeFileSync(path(), text);
    expect(file.read([screen])).toEqual([]);
  });

  it.each([
    ['to the right', { x: 1_900, y: 50 }],
    ['to the left', { x: -1_150, y: 50 }],
    ['above', { x: 100, y: -10 }],
    ['below', { x: 100, y: 1_000 }],
  ])('forgets the place, and not the window, that would be out of sight %s', (_name, at) => {
    file.write([second, { ...first, bounds: { ...first.bounds, ...at } }]);
    expect(file.read([screen])).toEqual([second, { ...first, bounds: null }]);
  });

  it('finds a window on the second of two screens', () => {
    const right = { x: 1_920, y: 0, width: 1_920, height: 1_080 };
    file.write([{ ...first, bounds: { ...first.bounds, x: 2_000 } }]);
    expect(file.read([screen, right])[0]?.bounds?.x).toBe(2_000);
  });

  it('says so, and throws nothing, where it cannot write', () => {
    writeFileSync(join(folder, 'user data'), 'a file in the way');
    expect(file.write([first])).toBe(false);
    expect(existsSync(path())).toBe(false);
  });
});
