import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deckNumber } from './deck-number.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-deck-number-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('is kept in a file, and begins anew where that is none', () => {
  const file = join(folder, 'last-deck');
  expect(deckNumber(file).last).toBe(0);
  deckNumber(file).keep(41);
  expect(deckNumber(file).last).toBe(41);
  for (const nonsense of ['', 'd7', '-3', '1.5', '1e99', '9999999999']) {
    writeFileSync(file, nonsense);
    expect(deckNumber(file).last).toBe(0);
  }
  expect(() => deckNumber(join(folder, 'none', 'last-deck')).keep(1)).toThrow('ENOENT');
});
