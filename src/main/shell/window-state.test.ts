import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowStateFile } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1_920, height: 1_080 };
const state = { bounds: { x: 100, y: 50, width: 1_200, height: 800 }, maximized: true };

let folder: string;
let file: WindowStateFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-window-'));
  file = new WindowStateFile(join(folder, 'user data/window.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('WindowStateFile', () => {
  it('gives back what was written, and leaves no half-written file', () => {
    expect(file.write(state)).toBe(true);
    expect(file.read([screen])).toEqual(state);
    expect(readdirSync(join(folder, 'user data'))).toEqual(['window.json']);
  });

  it('has nothing at the first start', () => {
    expect(file.read([screen])).toBeNull();
  });

  it.each(['', '{', 'null', '{"bounds":{"x":0}}', '{"bounds":null,"maximized":false}'])(
    'takes a damaged file (%j) for none',
    (text) => {
      file.write(state);
      writeFileSync(join(folder, 'user data/window.json'), text);
      expect(file.read([screen])).toBeNull();
    },
  );

  it.each([
    ['to the right', { x: 1_900, y: 50 }],
    ['to the left', { x: -1_150, y: 50 }],
    ['above', { x: 100, y: -10 }],
    ['below', { x: 100, y: 1_000 }],
  ])('forgets a window that would be out of sight %s', (_name, at) => {
    file.write({ ...state, bounds: { ...state.bounds, ...at } });
    expect(file.read([screen])).toBeNull();
  });

  it('finds a window on the second of two screens', () => {
    const second = { x: 1_920, y: 0, width: 1_920, height: 1_080 };
    file.write({ ...state, bounds: { ...state.bounds, x: 2_000 } });
    expect(file.read([screen, second])?.bounds.x).toBe(2_000);
  });

  it('says so, and throws nothing, where it cannot write', () => {
    writeFileSync(join(folder, 'user data'), 'a file in the way');
    expect(file.write(state)).toBe(false);
    expect(existsSync(join(folder, 'user data/window.json'))).toBe(false);
  });
});
