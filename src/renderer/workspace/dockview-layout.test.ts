import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLayout } from './default-layout.ts';
import { fromDockview, toDockview } from './dockview-layout.ts';
import type { LayoutNode, Split, Stack } from './layout.ts';

const BOX = { width: 1_280, height: 732 };
const there = (root: LayoutNode | null) => toDockview(root, BOX, () => 'panel');

const stack = (share: number, ...panels: [string, ...string[]]): Stack => ({
  type: 'stack',
  share,
  panels,
  active: panels[0],
});

describe('the library’s form of a layout', () => {
  it('is the same layout again', () => {
    const { root } = defaultLayout(1_280);
    expect(fromDockview(there(root))).toEqual(rounded(root));
  });

  it('gives shares of the window’s pixels', () => {
    const { grid } = there({
      type: 'column',
      share: 1,
      children: [stack(0.25, 'a'), stack(0.75, 'b', 'c')],
    });
    expect(grid).toMatchObject({
      orientation: 'VERTICAL',
      root: { size: 1_280, data: [{ size: 183 }, { size: 549, data: { activeView: 'b' } }] },
    });
  });

  it('has no panel where there is none, and one stack where there is one', () => {
    expect(fromDockview(there(null))).toBeNull();
    expect(fromDockview(there(stack(1, 'a')))).toEqual(stack(1, 'a'));
  });

  it('takes a row within a row as part of it', () => {
    const inner: Split = { type: 'row', share: 0.5, children: [stack(0.5, 'a'), stack(0.5, 'b')] };
    const outer: Split = { type: 'row', share: 1, children: [inner, stack(0.5, 'c')] };
    expect(fromDockview(there(outer))).toEqual({
      type: 'row',
      share: 1,
      children: [stack(0.25, 'a'), stack(0.25, 'b'), stack(0.5, 'c')],
    });
  });

  it('takes apart what is alone in its row or column', () => {
    const row: Split = { type: 'row', share: 1, children: [stack(0.5, 'a'), stack(0.5, 'b')] };
    const column: Split = { type: 'column', share: 0.5, children: [row] };
    const outer: Split = { type: 'row', share: 1, children: [column, stack(0.5, 'c')] };
    expect(fromDockview(there(outer))).toMatchObject({
      type: 'row',
      children: [{ panels: ['a'] }, { panels: ['b'] }, { panels: ['c'] }],
    });
  });

  it('loses no panel, whatever the layout', () => {
    const { node } = fc.letrec<{ node: LayoutNode }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({
          type: fc.constant('stack' as const),
          share: fc.double({ min: 0.01, max: 1, noNaN: true }),
          panels: fc.array(fc.uuid(), { minLength: 1, maxLength: 3 }),
          active: fc.constant(''),
        }),
        fc.record({
          type: fc.constantFrom('row' as const, 'column' as const),
          share: fc.double({ min: 0.01, max: 1, noNaN: true }),
          children: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }),
      ),
    }));
    fc.assert(
      fc.property(node, (root) => {
        const { grid } = there(root);
        expect(panelsOf(fromDockview({ grid }))).toEqual(panelsOf(root));
        expect(panelsOf(fromDockview(there(fromDockview({ grid }))))).toEqual(panelsOf(root));
      }),
    );
  });
});

const panelsOf = (node: LayoutNode | null): readonly string[] => {
  if (node === null) return [];
  return node.type === 'stack' ? node.panels : node.children.flatMap(panelsOf);
};

function rounded(node: LayoutNode | null): LayoutNode | null {
  if (node === null) return null;
  const share = Number(node.share.toFixed(4));
  if (node.type === 'stack') return { ...node, share };
  return { ...node, share, children: node.children.flatMap((child) => rounded(child) ?? []) };
}
