import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { SparklineLoads } from './sparkline-loads.ts';

const ids = Array.from({ length: 10 }, (_, at) => `demo:X${at}` as InstrumentId);

/** Loads that end when the test says so. */
function start() {
  const asked: InstrumentId[] = [];
  const ends: (() => void)[] = [];
  const loads = new SparklineLoads((id) => {
    asked.push(id);
    return new Promise((resolve) => ends.push(resolve));
  });
  const finish = async (count: number) => {
    for (const end of ends.splice(0, count)) end();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { loads, asked, finish };
}

describe('SparklineLoads', () => {
  it('asks for a few at a time, and for nothing that has left the screen before its turn', async () => {
    const { loads, asked, finish } = start();
    const hides = ids.map((id) => loads.show(id));
    expect(asked).toEqual(ids.slice(0, 4));
    for (const hide of hides.slice(4, 8)) hide();
    await finish(4);
    expect(asked).toEqual([...ids.slice(0, 4), ...ids.slice(8)]);
  });

  it('asks once, however many show it, until the connection was lost', async () => {
    const { loads, asked, finish } = start();
    const [id] = ids as [InstrumentId];
    const hide = loads.show(id);
    const hideSecond = loads.show(id);
    await finish(1);
    hide();
    hide();
    expect(asked).toEqual([id]);
    loads.refresh();
    expect(asked).toEqual([id, id]);
    await finish(1);
    loads.renew(id);
    expect(asked).toHaveLength(3);
    await finish(1);
    hideSecond();
    loads.renew(id);
    expect(asked).toHaveLength(3);
  });
});
