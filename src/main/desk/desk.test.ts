import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { DeskMessage } from '#domain/desk.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Desk } from './desk.ts';

function setUp(stored: DeskMessage[] = []) {
  const published: Publishable[] = [];
  const order: string[] = [];
  let id = 0;
  const desk = new Desk({
    store: {
      append: (message) => {
        order.push('stored');
        stored.push(message);
      },
      all: () => stored,
    },
    admits: async (userId) => userId !== 'chatterbox',
    clock: new FakeClock(),
    createId: () => `m${id++}`,
    publish: (item) => {
      order.push(item.of);
      published.push(item);
    },
  });
  const presences = () =>
    published.flatMap((item) => (item.of === 'deskPresence' ? [item.presence.userIds] : []));
  return { desk, stored, published, order, presences };
}

const enter = (desk: Desk, room: string, userId: string): (() => void) => {
  const entered = desk.enter(room, userId);
  if (!entered.ok) throw new Error(entered.error.message);
  return entered.value;
};

describe('a desk', () => {
  it('tells a line only once it is stored', async () => {
    const { desk, order } = setUp();
    expect(await desk.send({ room: 'main', userId: 'ann', text: 'hi' })).toMatchObject({
      ok: true,
    });
    expect(order).toEqual(['stored', 'deskMessage']);
  });

  it('[H4] stores and tells nothing of who says too much', async () => {
    const { desk, order } = setUp();
    const refused = await desk.send({ room: 'main', userId: 'chatterbox', text: 'hi' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
    expect(order).toEqual([]);
  });

  it('counts connections, and tells of people', () => {
    const { desk, presences } = setUp();
    const leaveFirst = enter(desk, 'main', 'ann');
    const leaveSecond = enter(desk, 'main', 'ann');
    enter(desk, 'main', 'ben');
    leaveFirst();
    leaveFirst();
    expect(desk.presence('main').userIds).toEqual(['ann', 'ben']);
    leaveSecond();
    expect(presences()).toEqual([['ann'], ['ann', 'ben'], ['ben']]);
    expect(desk.presence('other').userIds).toEqual([]);
  });

  it('[B3] gives the channels what was said before the start', async () => {
    const { desk, stored } = setUp();
    await desk.send({ room: 'main', userId: 'ann', text: 'hi' });
    const { published } = setUp(stored);
    expect(published).toMatchObject([{ of: 'deskMessage', message: { text: 'hi' } }]);
  });

  it('[H4] has a hundred rooms at most', () => {
    const { desk } = setUp();
    for (let room = 0; room < 100; room += 1) enter(desk, `room-${room}`, 'ann')();
    expect(desk.enter('one-more', 'ann')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(desk.enter('room-7', 'ann').ok).toBe(true);
  });
});
