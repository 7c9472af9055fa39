import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import { openLedger } from '#main/storage/ledger.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Ground } from '../ground.ts';
import { tapeTrouble } from './tape-trouble.ts';

function open() {
  const opened = openLedger(':memory:', { onDamage: ({ reason }) => expect.unreachable(reason) });
  if (!opened.ok) throw new Error(opened.error.message);
  const published: Publishable[] = [];
  const logged: string[] = [];
  const note = (_: unknown, text: string) => void logged.push(text);
  const ground = {
    ...{ clock: new FakeClock(), userId: 'owner' },
    log: { error: note, info: note },
    publications: { publish: (item: Publishable) => void published.push(item) },
  } as unknown as Ground;
  return { ledger: opened.value, ground, published, logged };
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

  it('tells it also where the ledger cannot be written either', () => {
    const { ledger, ground, published, logged } = open();
    const transaction = () => {
      throw new Error('The disk is full.');
    };
    tapeTrouble(ground, { ...ledger, transaction }).onFailure('The disk is full.');
    expect(published).toHaveLength(1);
    expect(logged).toEqual(['the tape cannot be written', 'a notification cannot be kept']);
    ledger.close();
  });
});
