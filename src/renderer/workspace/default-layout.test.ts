import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { defaultLayout, remadeLayout, widthClassOf } from './default-layout.ts';
import { isSameArrangement, layoutSchema, stacksOf } from './layout.ts';

const WIDTHS = [800, 1_199, 1_200, 1_280, 1_920, 2_559, 2_560, 3_840];
const stacks = (width: number) =>
  stacksOf(defaultLayout(width).root).map(({ panels }) => panels.join(' '));

describe('the first layout', () => {
  it.each(WIDTHS)('is sound at %d pixels, and has the same panels as at any other', (width) => {
    const layout = defaultLayout(width);
    expect(layoutSchema.safeParse(layout).success).toBe(true);
    expect(Object.keys(layout.panels).sort()).toEqual(
      Object.keys(defaultLayout(1_280).panels).sort(),
    );
  });

  it('gives a wide window more places, and a narrow one fewer', () => {
    expect(WIDTHS.map(widthClassOf)).toEqual([
      ...['narrow', 'narrow', 'medium', 'medium', 'medium', 'medium', 'wide', 'wide'],
    ]);
    expect([800, 1_280, 3_840].map((width) => stacks(width).length)).toEqual([4, 5, 7]);
    expect(stacks(800)).toContain('order-book tape');
    expect(stacks(3_840)).toContain('positions orders alerts');
  });

  it('in another window keeps what its panels show, and what was on top', () => {
    const layout = defaultLayout(1_280);
    const shown = { instrumentId: 'demo:ETH/USDT' as InstrumentId, botId: null };
    const { chart: _, ...others } = layout.panels;
    const used = layoutSchema.parse(
      JSON.parse(
        JSON.stringify({
          ...layout,
          groups: { A: shown },
          panels: { ...others, 'chart-2': { ...layout.panels['chart'], options: { bars: '1h' } } },
        })
          .replaceAll('["chart"]', '["chart-2"]')
          .replaceAll('"active":"chart"', '"active":"chart-2"')
          .replaceAll('"active":"bots"', '"active":"orders"'),
      ),
    );
    const wide = remadeLayout(used, 3_840);
    expect(layoutSchema.safeParse(wide).success).toBe(true);
    expect(isSameArrangement(wide, defaultLayout(3_840))).toBe(true);
    expect(wide.groups).toEqual({ A: shown });
    expect(wide.panels['chart-2']?.options).toEqual({ bars: '1h' });
    const actives = stacksOf(wide.root).map(({ active }) => active);
    expect(actives).toEqual([
      ...['watchlist', 'notifications', 'chart-2', 'bots', 'order-book', 'tape', 'orders'],
    ]);
    expect(isSameArrangement(remadeLayout(wide, 1_280), layout)).toBe(true);
  });
});
