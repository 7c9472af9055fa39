import { describe, expect, it } from 'vitest';
import type { Notification } from './notification.ts';
import { FILL_BURST, NotificationBurst } from './notification-burst.ts';
import type { EpochMs } from './units.ts';

const START = 1_700_000_000_000;
const at = (offsetMs: number) => (START + offsetMs) as EpochMs;

const fill = (id: string): Notification => ({
  id,
  kind: 'fill',
  severity: 'info',
  title: `Fill ${id}`,
  body: '',
  source: { botId: 'grid', fillId: id },
  read: false,
  createdTime: at(0),
});

/** Offers fills at the given times and says what became of each. */
const offerAt = (burst: NotificationBurst, ...offsetsMs: number[]) =>
  offsetsMs.map((offsetMs) => burst.offer(fill(`f${offsetMs}`), at(offsetMs)));

describe('NotificationBurst', () => {
  it('[N1] shows up to five fills within a second one by one, and holds nothing back', () => {
    const burst = new NotificationBurst();
    expect(offerAt(burst, 0, 10, 20, 30, 40)).toEqual(Array(5).fill('show'));
    expect(burst.dueTime).toBeNull();
    expect(burst.takeSummary(at(5_000))).toBeNull();
  });

  it('[N1] groups the rest of a burst into one summary, due within 250 ms of the first held', () => {
    const burst = new NotificationBurst();
    const outcomes = offerAt(burst, 0, 10, 20, 30, 40, 50, 60, 70);
    expect(outcomes.slice(5)).toEqual(['grouped', 'grouped', 'grouped']);
    expect(burst.dueTime).toBe(at(50 + FILL_BURST.gatherMs));
    expect(FILL_BURST.gatherMs).toBeLessThan(250);
    expect(burst.takeSummary(at(199))).toBeNull();
    expect(burst.takeSummary(at(200))).toEqual({
      count: 3,
      latest: fill('f70'),
      replacesPrevious: false,
    });
    expect(burst.dueTime).toBeNull();
  });

  it('refreshes the summary of a burst that goes on, at most once a second, counting all', () => {
    const burst = new NotificationBurst();
    offerAt(burst, 0, 10, 20, 30, 40, 50);
    expect(burst.takeSummary(at(200))?.count).toBe(1);
    offerAt(burst, 210, 220);
    expect(burst.dueTime).toBe(at(1_200));
    expect(burst.takeSummary(at(1_200))).toMatchObject({ count: 3, replacesPrevious: true });
  });

  it('shows fills one by one again, and begins a new group, once the burst is over', () => {
    const burst = new NotificationBurst();
    offerAt(burst, 0, 10, 20, 30, 40, 50);
    burst.takeSummary(at(200));
    expect(offerAt(burst, 3_000)).toEqual(['show']);
    offerAt(burst, 3_010, 3_020, 3_030, 3_040, 3_050);
    expect(burst.takeSummary(at(3_200))).toMatchObject({ count: 1, replacesPrevious: false });
  });

  it('keeps grouping while a summary is held back, so that no fill overtakes it', () => {
    const burst = new NotificationBurst();
    offerAt(burst, 0, 10, 20, 30, 40, 50);
    expect(offerAt(burst, 5_000)).toEqual(['grouped']);
    expect(burst.takeSummary(at(5_000))?.count).toBe(2);
  });

  it('never groups what is not a fill', () => {
    const burst = new NotificationBurst();
    offerAt(burst, 0, 1, 2, 3, 4, 5, 6);
    const stopped: Notification = { ...fill('stop'), kind: 'bot', severity: 'critical' };
    expect(burst.offer(stopped, at(7))).toBe('show');
  });
});
