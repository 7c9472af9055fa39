import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import { SAMPLE_TIME, sampleFill, sampleLog } from '#tests/fakes/publications.ts';
import { createOldLedger } from '#tests/support/old-ledger.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { KEPT_PUBLICATIONS } from './channel-log-repository.ts';
import { type Ledger, openLedger } from './ledger.ts';

const LOGS = channel.bot('b1', 'logs');
let directory: ReturnType<typeof temporaryDirectory>;
let ledger: Ledger;

const path = (): string => join(directory.path, 'ledger.db');
const open = (): Ledger => {
  const opened = openLedger(path(), {
    onDamage: ({ reason }) => {
      throw new Error(reason);
    },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
};
beforeEach(() => {
  directory = temporaryDirectory();
  ledger = open();
});
afterEach(() => {
  ledger.close();
  directory.remove();
});

const append = (...items: Parameters<typeof ledger.channelLog.append>[0][]) =>
  ledger.transaction(() => {
    for (const item of items) ledger.channelLog.append(item, SAMPLE_TIME);
  });
const offsets = (publications: readonly { offset: number }[] | undefined) =>
  publications?.map(({ offset }) => offset);

describe('channel log', () => {
  it('[B1][B5] gives each channel offsets of its own, which go on after a restart', () => {
    append(sampleLog('a'), sampleFill('f1'), sampleLog('b'));
    const { epoch } = ledger.channelLog;
    ledger.close();
    ledger = open();
    append(sampleLog('c'));
    expect(ledger.channelLog.epoch).toBe(epoch);
    expect(epoch).toMatch(/^[0-9a-f]{18}$/);
    expect(ledger.channelLog.since(LOGS, 1)).toEqual([
      { offset: 2, timestamp: SAMPLE_TIME, data: sampleLog('b') },
      { offset: 3, timestamp: SAMPLE_TIME, data: sampleLog('c') },
    ]);
    expect(ledger.channelLog.lastOffset(channel.bot('b1', 'trades'))).toBe(1);
  });

  it('[B1][B5] begins a channel anew that was undone with its first publication, and no other', () => {
    expect(() =>
      ledger.transaction(() => {
        ledger.channelLog.append(sampleLog('never'), SAMPLE_TIME);
        throw new Error('undone');
      }),
    ).toThrow('undone');
    append(sampleFill('f1'), sampleLog('a'), sampleFill('f2'), sampleLog('b'));
    expect(offsets(ledger.channelLog.since(LOGS, 0))).toEqual([1, 2]);
    expect(offsets(ledger.channelLog.since(channel.bot('b1', 'trades'), 0))).toEqual([1, 2]);
  });

  it('[B5] leaves no offset behind where the transaction is undone', () => {
    append(sampleLog('a'));
    expect(() =>
      ledger.transaction(() => {
        ledger.channelLog.append(sampleLog('never'), SAMPLE_TIME);
        throw new Error('undone');
      }),
    ).toThrow('undone');
    append(sampleLog('b'));
    expect(ledger.channelLog.since(LOGS, 0)).toMatchObject([
      { offset: 1, data: { entry: { message: 'a' } } },
      { offset: 2, data: { entry: { message: 'b' } } },
    ]);
  });

  it('[B5] keeps what came before in a transaction of which a part is undone', () => {
    ledger.transaction(() => {
      ledger.channelLog.append(sampleLog('a'), SAMPLE_TIME);
      expect(() =>
        ledger.transaction(() => {
          ledger.channelLog.append(sampleLog('never'), SAMPLE_TIME);
          throw new Error('undone');
        }),
      ).toThrow('undone');
      ledger.channelLog.append(sampleLog('b'), SAMPLE_TIME);
    });
    expect(offsets(ledger.channelLog.since(LOGS, 0))).toEqual([1, 2]);
  });

  it('[B4] answers with all that was missed, or with nothing', () => {
    const count = KEPT_PUBLICATIONS + 100;
    append(...Array.from({ length: count }, (_, index) => sampleLog(String(index))));
    expect(offsets(ledger.channelLog.since(LOGS, count - 2))).toEqual([count - 1, count]);
    expect(ledger.channelLog.since(LOGS, count)).toEqual([]);
    expect(ledger.channelLog.since(LOGS, count - KEPT_PUBLICATIONS)).toHaveLength(
      KEPT_PUBLICATIONS,
    );
    expect(ledger.channelLog.since(LOGS, count + 1)).toBeUndefined();
    expect(offsets(ledger.channelLog.recent(LOGS, 2))).toEqual([count - 1, count]);
  });

  it('[B5] keeps of each channel what it must, and about as much again at most', () => {
    append(sampleFill('of a quiet channel'));
    const rows = new Database(path(), { readonly: true });
    const stored = rows.prepare<[], number>('SELECT count(*) FROM channel_log').pluck();
    const most: number[] = [];
    for (let count = 0; count < 16 * KEPT_PUBLICATIONS; count += 500) {
      append(...Array.from({ length: 500 }, (_, index) => sampleLog(String(count + index))));
      most.push(stored.get() ?? 0);
    }
    rows.close();
    expect(Math.max(...most)).toBeLessThan(2.3 * KEPT_PUBLICATIONS);
    const { channelLog } = ledger;
    const last = channelLog.lastOffset(LOGS);
    expect(last).toBe(16 * KEPT_PUBLICATIONS);
    expect(channelLog.since(LOGS, last - KEPT_PUBLICATIONS)).toHaveLength(KEPT_PUBLICATIONS);
    expect(channelLog.since(LOGS, 10)).toBeUndefined();
    expect(channelLog.since(channel.bot('b1', 'trades'), 0)).toHaveLength(1);
  });

  it('[B5] goes on where one was kept by channel, as it was before', () => {
    ledger.close();
    rmSync(path());
    createOldLedger(path(), 'channel_log_before', (old) => {
      old.exec(`INSERT INTO channels (id, name, last_offset) VALUES (1, '${LOGS}', 0)`);
      const insert = old.prepare('INSERT INTO channel_log VALUES (1, ?, ?, ?)');
      for (const offset of [8, 9]) {
        insert.run(offset, SAMPLE_TIME, JSON.stringify(sampleLog(String(offset))));
      }
    });
    ledger = open();
    append(sampleLog('10'));
    expect(ledger.channelLog.since(LOGS, 7)).toEqual(
      [8, 9, 10].map((offset) => ({
        ...{ offset, timestamp: SAMPLE_TIME, data: sampleLog(String(offset)) },
      })),
    );
    expect(ledger.channelLog.since(LOGS, 6)).toBeUndefined();
  });

  it('[B1] goes on counting where a channel was forgotten', () => {
    append(sampleLog('a'), sampleLog('b'));
    ledger.channelLog.forget([LOGS]);
    expect(ledger.channelLog.recent(LOGS, 10)).toEqual([]);
    ledger.close();
    ledger = open();
    append(sampleLog('c'));
    expect(ledger.channelLog.since(LOGS, 1)).toBeUndefined();
    expect(offsets(ledger.channelLog.since(LOGS, 2))).toEqual([3]);
  });

  it('knows what it wrote by the thing itself, not by its wrapping', () => {
    const item = sampleFill('f1');
    append(item);
    expect(ledger.channelLog.find({ ...item })).toMatchObject({ offset: 1, data: item });
    expect(ledger.channelLog.find(sampleFill('f1'))).toBeUndefined();
  });
});
