import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  PrimitivePaneViewZOrder,
} from 'lightweight-charts';

type DrawTarget = Parameters<IPrimitivePaneRenderer['draw']>[0];
type DrawScope = Parameters<Parameters<DrawTarget['useMediaCoordinateSpace']>[0]>[0];

/** A view for a series primitive that draws in CSS pixels. */
export const paneView = (
  zOrder: PrimitivePaneViewZOrder,
  draw: (scope: DrawScope) => void,
): IPrimitivePaneView => ({
  zOrder: () => zOrder,
  renderer: () => ({ draw: (target) => target.useMediaCoordinateSpace(draw) }),
});

export type { DrawScope };
