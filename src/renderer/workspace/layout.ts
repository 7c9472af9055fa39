import { z } from 'zod';
import { instrumentIdSchema } from '#contract/model.ts';
import { LINK_GROUPS, LINKS } from '../stores/links.ts';
import { PANEL_KINDS } from './panel-kinds.ts';

export const MOST_PANELS = 64;
const MOST_OPTION_CHARACTERS = 100_000;

const panelIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);
const shareSchema = z.number().positive().max(1);

/** What one looks at, in a link group or in a pinned panel. */
const shownSchema = z.strictObject({
  instrumentId: instrumentIdSchema.nullable(),
  botId: z.string().max(128).nullable(),
});
export type Shown = z.infer<typeof shownSchema>;

/** Panels on top of one another, told apart by their tabs. */
const stackSchema = z.strictObject({
  type: z.literal('stack'),
  /** The part of its row or column; those of a row sum to 1. */
  share: shareSchema,
  panels: z.array(panelIdSchema).min(1).max(MOST_PANELS),
  active: panelIdSchema,
});
export type Stack = z.infer<typeof stackSchema>;

/** Side by side in a row, or one above the other in a column. */
export interface Split {
  type: 'row' | 'column';
  share: number;
  children: LayoutNode[];
}
export type LayoutNode = Stack | Split;

const splitSchema: z.ZodType<Split> = z.lazy(() =>
  z.strictObject({
    type: z.enum(['row', 'column']),
    share: shareSchema,
    children: z.array(nodeSchema).min(1).max(MOST_PANELS),
  }),
);
const nodeSchema: z.ZodType<LayoutNode> = z.lazy(() => z.union([stackSchema, splitSchema]));

const panelSchema = z.strictObject({
  kind: z.enum(PANEL_KINDS),
  link: z.enum(LINKS),
  /** Of a pinned panel: what it stays with. */
  shows: shownSchema.exactOptional(),
  /** What the panel keeps of its own settings, each under its name. */
  options: z
    .record(z.string().max(64), z.json())
    .refine((options) => JSON.stringify(options).length <= MOST_OPTION_CHARACTERS)
    .exactOptional(),
});
export type PanelState = z.infer<typeof panelSchema>;

/** Where the panels stand, and what they show. Sizes are shares, so that it fits any screen. */
export const layoutSchema = z
  .strictObject({
    format: z.literal('tapedeck-layout'),
    version: z.literal(1),
    /** Null: all panels are closed. */
    root: nodeSchema.nullable(),
    panels: z.record(panelIdSchema, panelSchema),
    /** What the link groups show. */
    groups: z.partialRecord(z.enum(LINK_GROUPS), shownSchema),
  })
  .refine(hasEachPanelOnce, 'each panel stands in one place');
export type Layout = z.infer<typeof layoutSchema>;

function hasEachPanelOnce({ root, panels }: { root: LayoutNode | null; panels: object }): boolean {
  const stacks = stacksOf(root);
  const placed = stacks.flatMap((stack) => stack.panels);
  return (
    placed.length === new Set(placed).size &&
    placed.length === Object.keys(panels).length &&
    placed.every((id) => Object.hasOwn(panels, id)) &&
    stacks.every((stack) => stack.panels.includes(stack.active))
  );
}

export function stacksOf(node: LayoutNode | null): readonly Stack[] {
  if (node === null) return [];
  return node.type === 'stack' ? [node] : node.children.flatMap(stacksOf);
}

/** Sizes that differ by no more than this are the same: a window is never exactly as wide again. */
const SAME_SHARE = 0.015;

/** Whether two layouts look alike: the same kinds in the same places, linked alike. */
export function isSameArrangement(one: Layout, other: Layout): boolean {
  return isSameRoot(one, other, {
    mostOff: SAME_SHARE,
    isSamePanel: (id, otherId) => {
      const [panel, otherPanel] = [one.panels[id], other.panels[otherId]];
      return panel?.kind === otherPanel?.kind && panel?.link === otherPanel?.link;
    },
  });
}

/** Whether the same panels stand in the same stacks, however large these are. */
export const isSamePlacing = (one: Layout, other: Layout): boolean =>
  isSameRoot(one, other, { mostOff: 1, isSamePanel: (id, otherId) => id === otherId });

interface Comparison {
  /** How far shares may be off one another. */
  readonly mostOff: number;
  readonly isSamePanel: (id: string, otherId: string) => boolean;
}

function isSameRoot({ root }: Layout, { root: other }: Layout, by: Comparison): boolean {
  return root === null || other === null ? root === other : isSameNode(root, other, by);
}

function isSameNode(one: LayoutNode, other: LayoutNode, by: Comparison): boolean {
  if (Math.abs(one.share - other.share) > by.mostOff) return false;
  if (one.type === 'stack') {
    if (other.type !== 'stack' || one.panels.length !== other.panels.length) return false;
    return one.panels.every((id, index) => by.isSamePanel(id, other.panels[index] ?? ''));
  }
  return (
    one.type === other.type &&
    one.children.length === other.children.length &&
    one.children.every((child, index) => {
      const match = other.children[index];
      return match !== undefined && isSameNode(child, match, by);
    })
  );
}
