import { describe, expect, it } from 'vitest';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { SoughtFill, type SoughtFillOptions } from './sought-fill.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const fill = (id: string, eventTime: number, instrumentId = BTC) =>
  ({ id, eventTime, instrumentId }) as unknown as Fill;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A chart that reaches back to 50, with a hub that remembers two fills by their ids. */
function setUp(known: readonly Fill[] = []) {
  const done: string[] = [];
  const remembered = [fill('old', 60), fill('ancient', 10)];
  let hasBars = true;
  const client = {
    request: async (_method: string, { fillId }: { fillId: string }) => {
      done.push(`ask ${fillId}`);
      const found = remembered.find(({ id }) => id === fillId);
      return found ? { ok: true, value: { fill: found } } : { ok: false, error: {} };
    },
  } as unknown as SoughtFillOptions['client'];
  const sought = new SoughtFill({
    client,
    trading: {
      reveal: (id) => done.push(`mark ${id}`),
      fillOf: (id) => known.find((one) => one.id === id),
      add: ({ id }) => void done.push(`add ${id}`),
    },
    isOfChart: ({ instrumentId }) => instrumentId === BTC,
    showFrom: async (time: EpochMs) => {
      done.push(`show ${time}`);
      return hasBars ? time >= 50 : null;
    },
    onOutOfReach: ({ id }) => void done.push(`out of reach ${id}`),
  });
  const setHasBars = (now: boolean) => {
    hasBars = now;
  };
  return { sought, done, setHasBars };
}

describe('a fill that is looked for', () => {
  it('is taken from whoever shows it, else from the chart, else from the hub', async () => {
    const { sought, done } = setUp([fill('recent', 90)]);
    sought.seek({ fillId: 'row', fill: fill('row', 70) });
    sought.seek({ fillId: 'recent', fill: null });
    sought.seek({ fillId: 'old', fill: null });
    await settled();
    expect(done.filter((one) => one.startsWith('ask'))).toEqual(['ask old']);
    expect(done.slice(-2)).toEqual(['add old', 'show 60']);
  });

  it('is told of where the chart does not reach it', async () => {
    const { sought, done } = setUp();
    sought.seek({ fillId: 'ancient', fill: null });
    await settled();
    expect(done.at(-1)).toBe('out of reach ancient');
  });

  it('of another instrument, or that nobody knows, leaves the chart where it is', async () => {
    const { sought, done } = setUp();
    sought.seek({ fillId: 'x', fill: fill('x', 60, 'demo:ETH/USDT' as InstrumentId) });
    sought.seek({ fillId: 'nobody', fill: null });
    await settled();
    expect(done).toEqual(['mark x', 'mark nobody', 'ask nobody']);
  });

  it('is looked for again when bars have come, until one was there or wants another one', async () => {
    const { sought, done, setHasBars } = setUp();
    const shown = () => done.filter((one) => one === 'show 70').length;
    setHasBars(false);
    sought.seek({ fillId: 'row', fill: fill('row', 70) });
    await settled();
    setHasBars(true);
    sought.barsLoaded();
    await settled();
    expect(shown()).toBe(2);
    sought.barsLoaded();
    await settled();
    expect(shown()).toBe(2);
    setHasBars(false);
    sought.seek({ fillId: 'row', fill: fill('row', 70) });
    sought.seek(null);
    sought.barsLoaded();
    await settled();
    expect(done.at(-1)).toBe('mark null');
  });
});
