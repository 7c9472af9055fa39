import { Orientation, type SerializedDockview } from 'dockview';
import type { LayoutNode, Split, Stack } from './layout.ts';

type Grid = SerializedDockview['grid'];
type GridNode = Grid['root'];
type Group = Extract<GridNode['data'], { readonly views: string[] }>;

interface Box {
  readonly width: number;
  readonly height: number;
}

const across = (type: Split['type']): Split['type'] => (type === 'row' ? 'column' : 'row');

/** The library's form of a layout in a dock of that size. It wants rows and columns to alternate. */
export function toDockview(
  root: LayoutNode | null,
  box: Box,
  componentOf: (panelId: string) => string,
): SerializedDockview {
  const top: Split =
    root === null || root.type === 'stack'
      ? { type: 'row', share: 1, children: root === null ? [] : [root] }
      : flattened(root);
  const panels: SerializedDockview['panels'] = {};
  let groups = 0;
  const leaf = (stack: Stack, size: number): GridNode => {
    groups += 1;
    for (const id of stack.panels) {
      const component = componentOf(id);
      panels[id] = { id, contentComponent: component, tabComponent: component, title: id };
    }
    const data: Group = { id: `stack-${groups}`, views: stack.panels, activeView: stack.active };
    return { type: 'leaf', data, size };
  };
  const branch = (split: Split, along: number, over: number): GridNode => ({
    type: 'branch',
    size: over,
    data: split.children.map((child) => {
      const size = child.share * along;
      return child.type === 'stack' ? leaf(child, size) : branch(child, over, size);
    }),
  });
  const isRow = top.type === 'row';
  return {
    grid: {
      ...box,
      orientation: isRow ? Orientation.HORIZONTAL : Orientation.VERTICAL,
      root: isRow ? branch(top, box.width, box.height) : branch(top, box.height, box.width),
    },
    panels,
  };
}

/** A row within a row is part of it; what is alone in its row or column needs none. */
function flattened(split: Split): Split {
  const children = split.children.map(unwrapped).flatMap((child): LayoutNode[] => {
    if (child.type !== split.type) return [child];
    return child.children.map((one) => ({ ...one, share: one.share * child.share }));
  });
  return { ...split, children: inWhole(children) };
}

function unwrapped(node: LayoutNode): LayoutNode {
  if (node.type === 'stack') return node;
  const inner = flattened(node);
  const [only] = inner.children;
  return inner.children.length === 1 && only ? { ...only, share: inner.share } : inner;
}

/** Shares that sum to 1. */
function inWhole<T extends { readonly share: number }>(nodes: readonly T[]): T[] {
  const sum = nodes.reduce((total, node) => total + node.share, 0);
  return nodes.map((node) => ({ ...node, share: sum > 0 ? node.share / sum : 1 / nodes.length }));
}

/** Back again; null where no panel is left. */
export function fromDockview({ grid }: Pick<SerializedDockview, 'grid'>): LayoutNode | null {
  const isRow = grid.orientation === Orientation.HORIZONTAL;
  return nodeOf(grid.root, isRow ? 'row' : 'column', 1);
}

const isGroup = (data: GridNode['data']): data is Group => !Array.isArray(data);

function nodeOf({ data }: GridNode, type: Split['type'], share: number): LayoutNode | null {
  if (isGroup(data)) {
    const active = data.activeView ?? data.views[0];
    return active === undefined ? null : { type: 'stack', share, panels: data.views, active };
  }
  const sized = data.map((node) => ({ node, share: Math.max(node.size ?? 0, LEAST_SIZE_PX) }));
  const children = inWhole(sized).flatMap((child) => {
    return nodeOf(child.node, across(type), rounded(child.share)) ?? [];
  });
  const [only] = children;
  if (children.length === 1 && only) return { ...only, share };
  return children.length === 0 ? null : { type, share, children };
}

/** What a hidden or squeezed stack counts for: it must not vanish from the layout. */
const LEAST_SIZE_PX = 1;

const rounded = (share: number): number => Math.max(0.0001, Number(share.toFixed(4)));
