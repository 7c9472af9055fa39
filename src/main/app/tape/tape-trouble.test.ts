import { SqliteError } from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import { openLedger } from '#main/storage/ledger.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Ground } from '../ground.ts';
import { tapeTrouble } from './tape-trouble.ts';

function open() {
  const opened = openLedger(':memory:', { onDamage: ({ reason }) => expect.unreachable(reason) });
  if (!opened.ok) throw new Error(opened.error.message);
  const published: Publishable[] = [];
  const caughtUp: Publishable[] = [];
  const logged: string[] = [];
  const note = (_: unknown, text: string) => void logged.push(text);
  const ground = {
    ...{ clock: new FakeClock(), userId: 'owner' },
    log: { error: note, info: note },
    lifecycle: { onClose: () => undefined },
    publications: {
      publish: (item: Publishable) => void published.push(item),
      catchUp: (item: Publishable) => void caughtUp.push(item),
    },
  } as unknown as Ground;
  return { ledger: opened.value, ground, published, caughtUp, logged };
}

describe('tapeTrouble', () => {
  it('tells the user, on disk and on the channel, that the tape cannot be written, and when it can', () => {
    const { ledger, ground, published } = open();
    const trouble = tapeTrouble(ground, ledger);
    trouble.onFailure('The disk is full.');
    expect(published).toMatchObject([
      {
        of: 'notification',
        userId: 'owner',
        notification: { severity: 'critical', body: 'The disk is full.' },
      },
    ]);
    (ground.clock as FakeClock).advance(5);
    trouble.onRecovery();
    expect(published).toHaveLength(2);
    expect(ledger.notifications.unreadCount()).toBe(2);
    ledger.close();
  });

  it('tells it also where the ledger cannot be written either, and keeps it when it can', () => {
    const { ledger, ground, published, caughtUp, logged } = open();
    const clock = ground.clock as FakeClock;
    let isFull = true;
    const transaction = <T>(work: () => T): T => {
      if (isFull) throw new SqliteError('database or disk is full', 'SQLITE_FULL');
      return ledger.transaction(work);
    };
    const time = clock.now();
    tapeTrouble(ground, { ...ledger, transaction }).onFailure('The disk is full.');
    expect(published).toHaveLength(1);
    expect(logged).toEqual(['the tape cannot be written', 'a notification cannot be kept']);
    clock.advance(60_000);
    expect(caughtUp).toEqual([]);
    isFull = false;
    clock.advance(60_000);
    // Once, and as of when it happened.
    expect(caughtUp).toEqual(published);
    expect(caughtUp).toMatchObject([{ notification: { createdTime: time } }]);
    expect(ledger.notifications.unreadCount()).toBe(1);
    ledger.close();
  });

  it('does not try for ever what is refused for another reason', () => {
    const { ledger, ground, caughtUp } = open();
    const transaction = vi.fn(() => {
      throw new SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_PRIMARYKEY');
    });
    tapeTrouble(ground, { ...ledger, transaction }).onFailure('The disk is full.');
    (ground.clock as FakeClock).advance(60_000);
    expect(transaction).toHaveBeenCalledOnce();
    expect(caughtUp).toEqual([]);
    ledger.close();
  });
});
