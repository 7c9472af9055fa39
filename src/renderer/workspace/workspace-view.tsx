import 'dockview/dist/styles/dockview.css';
import './dockview-theme.css';
import { useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/app-context.ts';
import { bindClassNames } from '../ui/class-names.ts';
import { DockviewDock } from './dockview-dock.ts';
import { EmptyWorkspace } from './empty-workspace.tsx';
import { PanelHost } from './panel-host.tsx';
import { PanelPlace } from './panel-place.tsx';
import { createStatusStore, StatusContext } from './panel-status.ts';
import { PanelTab } from './panel-tab.tsx';
import { StackActions } from './stack-actions.tsx';
import styles from './workspace.module.css';

const cx = bindClassNames(styles);

/** The panels, in the dock. */
export function WorkspaceView() {
  const workspace = useWorkspace();
  const rootRef = useRef<HTMLDivElement>(null);
  const [dock, setDock] = useState<DockviewDock | null>(null);
  const [statuses] = useState(createStatusStore);
  useLayoutEffect(() => {
    if (rootRef.current === null) return;
    const made = new DockviewDock(rootRef.current);
    const end = workspace.attach(made);
    setDock(made);
    return () => {
      setDock(null);
      end();
      made.dispose();
    };
  }, [workspace]);
  return (
    <StatusContext value={statuses}>
      <div ref={rootRef} className={cx('workspace')} data-testid="workspace" />
      {dock !== null && <Slots dock={dock} />}
      <EmptyWorkspace />
    </StatusContext>
  );
}

/** React draws into the places that the dock keeps; what moves in the dock is not drawn anew. */
function Slots({ dock }: { readonly dock: DockviewDock }) {
  const { panels, tabs, stacks } = useStore(dock.slots);
  return (
    <>
      {panels.map((slot) =>
        createPortal(
          <PanelPlace panelId={slot.panelId}>
            <PanelHost slot={slot} />
          </PanelPlace>,
          slot.element,
          slot.panelId,
        ),
      )}
      {tabs.map(({ key, panelId, kind, element }) =>
        createPortal(
          <PanelPlace panelId={panelId}>
            <PanelTab panelId={panelId} kind={kind} dock={dock} />
          </PanelPlace>,
          element,
          key,
        ),
      )}
      {stacks.map((slot) =>
        createPortal(<StackActions slot={slot} />, slot.element, `stack ${slot.stackId}`),
      )}
    </>
  );
}
