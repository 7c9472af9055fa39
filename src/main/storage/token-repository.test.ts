import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenInfo } from '#contract/requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { RowDamage } from './rows.ts';

const at = (time: number) => time as EpochMs;
const token = (id: string, more: Partial<TokenInfo> = {}): TokenInfo => ({
  id,
  userId: 'alice',
  scopes: ['read', 'trade'],
  botIds: ['b1'],
  issuedTime: at(1_000),
  expiryTime: at(9_000),
  revokedTime: null,
  lastUsedTime: null,
  ...more,
});

let directory: ReturnType<typeof temporaryDirectory>;
let ledger: Ledger;
let damage: RowDamage[];
const open = () => {
  const opened = openLedger(`${directory.path}/ledger.db`, { onDamage: (one) => damage.push(one) });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
};
beforeEach(() => {
  directory = temporaryDirectory();
  damage = [];
  ledger = open();
});
afterEach(() => {
  ledger.close();
  directory.remove();
});

describe('[H1] tokens in the ledger', () => {
  it('are read back as they were issued, newest first, after opening again', () => {
    const issued = [token('t1'), token('t2', { botIds: null }), token('t3', { botIds: [] })];
    for (const one of issued) ledger.tokens.insert(one);
    ledger.close();
    ledger = open();
    expect(ledger.tokens.list()).toEqual(issued.toReversed());
    expect(ledger.tokens.get('t2')).toEqual(issued[1]);
    expect(ledger.tokens.get('t9')).toBeNull();
    expect(damage).toEqual([]);
  });

  it('remember their last use and the first revocation', () => {
    ledger.tokens.insert(token('t1'));
    ledger.tokens.markUsed('t1', at(2_000));
    ledger.tokens.markUsed('t1', at(3_000));
    ledger.tokens.revoke('t1', at(4_000));
    ledger.tokens.revoke('t1', at(5_000));
    expect(ledger.tokens.get('t1')).toEqual(
      token('t1', { lastUsedTime: at(3_000), revokedTime: at(4_000) }),
    );
  });

  it('an id is issued once', () => {
    ledger.tokens.insert(token('t1'));
    expect(() => ledger.tokens.insert(token('t1'))).toThrow();
  });
});
