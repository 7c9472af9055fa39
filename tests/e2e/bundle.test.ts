import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/serve-process.ts';
import { buildScreen } from './shells.ts';

const MOST_KB = 450;
const folder = join(projectRoot, 'out/renderer');

/** The page's scripts that are fetched before it shows anything: the entry, and what that preloads. */
function initialScripts(): readonly string[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="[.]\/(assets\/[^"]+[.]js)"/g)].map(
    ([, path = '']) => path,
  );
}

describe('the page’s script', () => {
  beforeAll(() => buildScreen());

  it(`is at most ${MOST_KB} kB gzip before the panels are loaded`, () => {
    const scripts = initialScripts();
    const sizes = scripts.map((path) => gzipSync(readFileSync(join(folder, path))).length / 1_000);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`Initial script: ${total.toFixed(0)} kB gzip in ${scripts.length} files`);
    expect(scripts.length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(MOST_KB);
  });

  it('has neither the charts nor Korean in it', () => {
    const text = initialScripts()
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join('');
    expect(text).toContain('Watchlist');
    expect(text).not.toContain('관심 종목');
    expect(text).not.toContain('lightweight-charts');
  });
});
