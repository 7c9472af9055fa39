import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backtestPlanSchema } from '#contract/backtest-requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { createOldLedger } from '#tests/support/old-ledger.ts';
import type { StoredBacktest } from './backtest-repository.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { RowDamage } from './rows.ts';

const time = (ms: number) => ms as EpochMs;
const money = (text: string) => text as DecimalString;
const PLAN = backtestPlanSchema.parse({
  bot: {
    ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: 'demo:BTC/USDT' },
    ...{ params: { fast: 5, nested: [1, null] }, initialCash: '1000.00' },
  },
  source: { kind: 'tape', fromTime: 1_000, toTime: 2_000.5 },
  sweep: { grid: { fast: { from: 1, to: 5 }, average: ['SMA', 'EMA'] } },
});
const backtest = (id: string, changes: Partial<StoredBacktest> = {}): StoredBacktest => ({
  ...{ id, plan: PLAN, state: 'queued', error: null, runsDone: 0, figures: null },
  ...{ createdTime: time(1), startedTime: null, finishedTime: null, ...changes },
});
const done = (id: string, createdTime: number): StoredBacktest =>
  backtest(id, { state: 'done', createdTime: time(createdTime) });

describe('backtests in the ledger', () => {
  let root: string;
  let path: string;
  let damages: RowDamage[];
  let ledger: Ledger;

  const open = (): Ledger => {
    const opened = openLedger(path, { onDamage: (damage) => damages.push(damage) });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const reopen = (): void => {
    ledger.close();
    ledger = open();
  };
  const page = (limit: number, before?: string) => {
    const listed = ledger.backtests.list({ limit, before });
    if (!listed.ok) throw new Error(listed.error.message);
    return listed.value;
  };
  const idsOf = (backtests: readonly StoredBacktest[]) => backtests.map(({ id }) => id);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-backtests-'));
    path = join(root, 'ledger.db');
    damages = [];
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
    rmSync(root, { recursive: true });
  });

  it('come back as they were, with what came of them', () => {
    ledger.backtests.insert(backtest('b1'));
    const figures = {
      ...{ pnl: money('12.50'), returnPercent: 1.25, sharpe: null, sortino: -0.1 },
      ...{ profitFactor: 2, winRatePercent: 50, expectancy: money('0.1'), drawdownPercent: 3 },
      ...{ fills: 4, trips: 2 },
    };
    const standing = {
      ...{ id: 'b1', state: 'done' as const, error: null, runsDone: 10, figures },
      ...{ createdTime: time(1), startedTime: time(2), finishedTime: time(3) },
    };
    ledger.backtests.update(standing, new Uint8Array([1, 2, 3]));
    reopen();
    expect(ledger.backtests.get('b1')).toEqual({ ...standing, plan: PLAN });
    expect([...(ledger.backtests.result('b1') ?? [])]).toEqual([1, 2, 3]);
    expect([ledger.backtests.get('b2'), ledger.backtests.result('b2')]).toEqual([null, null]);
  });

  it('are listed newest first by pages, and those that are not over oldest first', () => {
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      ledger.backtests.insert(backtest(id, { createdTime: time(10 + index) }));
    }
    ledger.backtests.update(backtest('b', { state: 'canceled' }));
    const { items, nextBefore } = page(2);
    expect(idsOf(items)).toEqual(['c', 'b']);
    expect(idsOf(page(2, nextBefore ?? '').items)).toEqual(['a']);
    expect(idsOf(ledger.backtests.unfinished())).toEqual(['a', 'c']);
  });

  it('are kept up to a number, but for those that are not over', () => {
    ledger.backtests.insert(backtest('waits', { createdTime: time(1) }));
    for (const id of [2, 3, 4]) ledger.backtests.insert(done(`b${id}`, id));
    ledger.backtests.update(done('b2', 2), new Uint8Array([1]));
    expect(ledger.backtests.prune(2)).toEqual(['b2']);
    expect(idsOf(page(9).items)).toEqual(['b4', 'b3', 'waits']);
    expect(ledger.backtests.result('b2')).toBeNull();
    ledger.backtests.remove('b3');
    expect(idsOf(page(9).items)).toEqual(['b4', 'waits']);
  });

  it('are left out where a row cannot be read', () => {
    ledger.backtests.insert(done('good', 1));
    ledger.backtests.insert(done('bad', 2));
    ledger.close();
    const database = new Database(path);
    database.exec(`UPDATE backtests SET plan = '{' WHERE id = 'bad'`);
    database.close();
    ledger = open();
    expect(idsOf(page(9).items)).toEqual(['good']);
    expect(damages).toEqual([{ table: 'backtests', reason: expect.any(String) }]);
  });

  it('have room in a ledger from before there were any', () => {
    ledger.close();
    rmSync(path);
    createOldLedger(path, 'CREATE TABLE backtests', (old) => {
      old.exec(`INSERT INTO settings (key, value) VALUES ('kept', '1')`);
    });
    ledger = open();
    ledger.backtests.insert(backtest('b1'));
    reopen();
    expect(ledger.backtests.get('b1')?.plan).toEqual(PLAN);
  });
});
