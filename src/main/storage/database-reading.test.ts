import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger } from './ledger.ts';

const opened = (path: string): Ledger => {
  const ledger = openLedger(path, { onDamage: ({ reason }) => expect.unreachable(reason) });
  if (!ledger.ok) throw new Error(ledger.error.message);
  return ledger.value;
};

describe('whether the ledger can be read', () => {
  let folder: string;
  let path: string;
  let ledger: Ledger;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-reading-'));
    path = join(folder, 'ledger.db');
    ledger = opened(path);
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  it('it can, and one in memory as well, until they are closed', () => {
    const other = opened(':memory:');
    expect([ledger.isOk(), other.isOk()]).toEqual([true, true]);
    other.close();
    expect([ledger.isOk(), other.isOk()]).toEqual([true, false]);
  });

  it('it cannot when its file is gone, although what was read is still in memory', () => {
    renameSync(path, join(folder, 'elsewhere.db'));
    expect(ledger.isOk()).toBe(false);
    renameSync(join(folder, 'elsewhere.db'), path);
    expect(ledger.isOk()).toBe(true);
  });

  it('it cannot when another file stands in its place: what is written goes elsewhere', () => {
    const other = join(folder, 'other.db');
    opened(other).close();
    renameSync(path, join(folder, 'elsewhere.db'));
    renameSync(other, path);
    expect(ledger.isOk()).toBe(false);
  });

  it('it cannot when the disk gives something else than was written', () => {
    ledger.checkpoint();
    writeFileSync(path, Buffer.alloc(64 * 1_024, 'x'), { flag: 'r+' });
    expect(ledger.isOk()).toBe(false);
  });
});
