import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildFresh } from './build-freshness.ts';

let root: string;
/** Writes a file and dates it and its folders, which writing has just touched. */
const write = (path: string, seconds: number) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  for (let part = path; part !== '.'; part = dirname(part)) {
    utimesSync(join(root, part), seconds, seconds);
  }
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-freshness-'));
  write('src/renderer/index.html', 1_000);
  write('src/main/index.ts', 1_000);
  write('electron.vite.config.ts', 1_000);
  write('package.json', 1_000);
  write('out/main/index.js', 2_000);
  write('out/preload/index.cjs', 2_000);
  write('out/renderer/index.html', 2_000);
});
afterEach(() => rmSync(root, { recursive: true }));

describe('isBuildFresh', () => {
  it('is fresh when every output is newer than every source', () => {
    expect(isBuildFresh(root)).toBe(true);
  });

  it.each(['src/main/index.ts', 'electron.vite.config.ts', 'package.json'])(
    'is stale after a change of %s',
    (path) => {
      write(path, 3_000);
      expect(isBuildFresh(root)).toBe(false);
    },
  );

  it('is stale when a part of the output is missing or was left over from a failed build', () => {
    write('out/renderer/index.html', 500);
    expect(isBuildFresh(root)).toBe(false);
    rmSync(join(root, 'out/renderer'), { recursive: true });
    expect(isBuildFresh(root)).toBe(false);
  });

  it('is stale after a source was removed, which only its folder shows', () => {
    rmSync(join(root, 'src/main/index.ts'));
    expect(isBuildFresh(root)).toBe(false);
  });

  it('is not stale after a test was edited', () => {
    writeFileSync(join(root, 'src/main/index.test.ts'), '');
    utimesSync(join(root, 'src/main'), 1_000, 1_000);
    expect(isBuildFresh(root)).toBe(true);
  });
});
