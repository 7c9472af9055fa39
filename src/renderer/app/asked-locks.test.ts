import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { AskedLocks, type PagesChannel } from './asked-locks.ts';

/** A browser: what a page posts, all others hear. */
function browser() {
  const clock = new FakeClock();
  const listeners = new Map<string, (word: unknown) => void>();
  const page = (name: string) => {
    const channel: PagesChannel = {
      post: (word) => {
        for (const [other, listener] of [...listeners]) if (other !== name) listener(word);
      },
      listen: (listener) => void listeners.set(name, listener),
    };
    const locks = new AskedLocks({ channel, clock, page: name });
    return { hold: locks.hold.bind(locks), close: () => void listeners.delete(name) };
  };
  const settled = async <T>(...answers: readonly Promise<T>[]): Promise<readonly T[]> => {
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return Promise.all(answers);
  };
  const say = (word: unknown) => {
    for (const hear of listeners.values()) hear(word);
  };
  return { page, settled, say };
}

describe('names that pages hold by asking one another', () => {
  it('belong to the page that had them first, until it is gone', async () => {
    const { page, settled } = browser();
    const [first, second] = [page('b'), page('a')];
    expect(await settled(first.hold('window', 0))).toEqual([true]);
    expect(await settled(second.hold('window', 0), second.hold('other', 0))).toEqual([false, true]);
    first.close();
    expect(await settled(second.hold('window', 0))).toEqual([true]);
  });

  it('are had by one of those that ask at once', async () => {
    const { page, settled } = browser();
    const pages = ['c', 'a', 'b'].map(page);
    expect(await settled(...pages.map((one) => one.hold('window', 0)))).toEqual([
      ...[false, true, false],
    ]);
  });

  it('are waited for by a page that takes the place of another', async () => {
    const { page, settled } = browser();
    const before = page('a');
    await settled(before.hold('window', 0));
    const after = page('b').hold('window', 1_000);
    before.close();
    expect(await settled(after)).toEqual([true]);
  });

  it('are not lost by what somebody else says on the channel', async () => {
    const { page, settled, say } = browser();
    const holding = page('a').hold('window', 0);
    for (const word of [null, 'mine', { kind: 'mine' }, { kind: 'mine', name: 'other', page: 'x' }])
      say(word);
    expect(await settled(holding)).toEqual([true]);
  });
});
