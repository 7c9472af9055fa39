import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useStores, useWorkspace } from '../app/app-context.ts';
import { framesOf, PanelContext } from '../app/panel-context.ts';
import { DEFAULT_LINK } from '../stores/links.ts';
import { calmBatcher, dataBatcher, frameBatcher } from '../stores/page-frames.ts';

export interface PanelPlaceProps {
  readonly panelId: string;
  readonly children: ReactNode;
}

/** What is drawn in here belongs to the panel: it follows the panel's link group. */
export function PanelPlace({ panelId, children }: PanelPlaceProps) {
  const { selections } = useStores();
  const { store } = useWorkspace();
  const link = useStore(store, ({ panels }) => panels[panelId]?.link ?? DEFAULT_LINK);
  const place = useMemo(
    () => ({
      panelId,
      selection: selections.of(panelId, link),
      frames: framesOf(frameBatcher, panelId),
      dataFrames: framesOf(dataBatcher, panelId),
      calmFrames: framesOf(calmBatcher, panelId),
    }),
    [panelId, selections, link],
  );
  return <PanelContext value={place}>{children}</PanelContext>;
}
