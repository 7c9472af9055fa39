import { createContext } from 'react';
import type { FrameBatcher } from '../stores/frame-batcher.ts';
import type { SelectionStore } from '../stores/selection-store.ts';

/** Where in the workspace a component is drawn. */
export interface PanelPlace {
  readonly panelId: string;
  /** What the panel's link group shows, or the panel alone where it is pinned. */
  readonly selection: SelectionStore;
  /** The page's frames; two panels of a kind do not take each other's work away. */
  readonly frames: Frames;
  readonly dataFrames: Frames;
  readonly calmFrames: Frames;
}

export type Frames = Pick<FrameBatcher, 'schedule' | 'cancel'>;

/** Null: outside of the panels, as in the top bar. */
export const PanelContext = createContext<PanelPlace | null>(null);

export const framesOf = (frames: Frames, panelId: string): Frames => ({
  schedule: (key, work) => frames.schedule(`${panelId} ${key}`, work),
  cancel: (key) => frames.cancel(`${panelId} ${key}`),
});
