import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Announcement } from '#domain/announcement.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { DeskMessage } from '#domain/desk.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { PLAIN_RUNTIME, PLAIN_SETTINGS } from '#tests/fakes/stored-bot.ts';
import { KEPT_DESK_MESSAGES } from './desk-repository.ts';
import { type Ledger, openLedger } from './ledger.ts';

const time = (ms: number) => ms as EpochMs;
const message = (id: number, room: string): DeskMessage => ({
  ...{ id: `${room}-${id}`, room, userId: 'ann', text: `line ${id}`, time: time(1_000 + id) },
});
const announcement = (id: string, createdMs: number): Announcement => ({
  ...{ id, severity: 'info', title: 'Hello', body: '', createdTime: time(createdMs) },
});

describe('what people and external bots say, in the ledger', () => {
  let root: string;
  let ledger: Ledger;

  const open = (): Ledger => {
    const opened = openLedger(join(root, 'ledger.db'), {
      onDamage: ({ reason }) => expect.unreachable(reason),
    });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const reopen = (): void => {
    ledger.close();
    ledger = open();
  };
  const insertBot = (id: string): void => {
    const nil = '0' as DecimalString;
    ledger.bots.insert({
      config: {
        ...{ id, name: id, strategy: 'external', instrumentId: 'a:B/C' as InstrumentId },
        ...{ params: {}, initialCash: nil, makerFeeBps: 0, takerFeeBps: 0, createdTime: time(1) },
        ...PLAIN_SETTINGS,
      },
      runtime: {
        ...{ botId: id, state: 'running', error: null, cash: nil, fillCount: 0 },
        ...PLAIN_RUNTIME,
        ...{ lastFillTime: null, strategyState: null, orderSequence: 0 },
      },
    });
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-desk-'));
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
    rmSync(root, { recursive: true });
  });

  it('keeps the newest lines of each room, in order', () => {
    for (let id = 0; id < KEPT_DESK_MESSAGES + 20; id += 1) {
      ledger.desk.append(message(id, 'main'));
      if (id < 3) ledger.desk.append(message(id, 'quiet'));
    }
    reopen();
    const kept = ledger.desk.all();
    const of = (room: string) => kept.filter((one) => one.room === room).map(({ id }) => id);
    expect(of('quiet')).toEqual(['quiet-0', 'quiet-1', 'quiet-2']);
    expect(of('main')).toHaveLength(KEPT_DESK_MESSAGES);
    expect([of('main')[0], of('main').at(-1)]).toEqual(['main-20', 'main-119']);
  });

  it('gives announcements back, newest first', () => {
    ledger.announcements.insert(announcement('a', 1));
    ledger.announcements.insert(announcement('b', 2));
    expect(() => ledger.announcements.insert(announcement('a', 3))).toThrow('UNIQUE');
    reopen();
    const page = ledger.announcements.list({ limit: 10 });
    expect(page).toMatchObject({ ok: true, value: { items: [{ id: 'b' }, { id: 'a' }] } });
  });

  it('[X4] knows a record of a bot again, also after it was reopened', () => {
    insertBot('a');
    insertBot('b');
    expect(ledger.botRecords.insert('a', '1', time(1))).toBe(true);
    expect(ledger.botRecords.insert('b', '1', time(1))).toBe(true);
    reopen();
    expect(ledger.botRecords.insert('a', '1', time(2))).toBe(false);
    ledger.bots.remove('a');
    insertBot('a');
    expect(ledger.botRecords.insert('a', '1', time(3))).toBe(true);
  });

  it('forgets old records a few at a time, and none that are young enough', () => {
    insertBot('a');
    for (let id = 0; id < 10; id += 1) ledger.botRecords.insert('a', `${id}`, time(id));
    expect(ledger.botRecords.forgetBefore(time(8), 5)).toBe(5);
    expect(ledger.botRecords.forgetBefore(time(8), 5)).toBe(3);
    expect(ledger.botRecords.forgetBefore(time(8), 5)).toBe(0);
    expect(ledger.botRecords.insert('a', '8', time(9))).toBe(false);
    expect(ledger.botRecords.insert('a', '7', time(9))).toBe(true);
  });
});
