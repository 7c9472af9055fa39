import { Activity, memo, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeck } from '../app/app-context.ts';
import { useOffline } from '../app/use-offline.ts';
import { bindClassNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { PanelFrameContext } from '../ui/panel-frame.ts';
import type { PanelSlot } from './dock-slots.ts';
import { PANELS } from './panel-registry.ts';
import { useStatusStore } from './panel-status.ts';
import styles from './workspace.module.css';

const cx = bindClassNames(styles);

/**
 * One panel. While it is not seen its effects are undone: it is subscribed to nothing and draws
 * nothing, but what was written or chosen in it stays.
 */
export const PanelHost = memo(function PanelHost({ slot }: { readonly slot: PanelSlot }) {
  const { panelId, kind, isVisible } = slot;
  const { t } = useTranslation('workspace');
  const statuses = useStatusStore();
  const deck = useDeck();
  const { component: Component, follows } = PANELS[kind];
  const frame = useMemo(
    () => ({
      tellNotLive: (notLive: { label: string; detail: string } | null) =>
        statuses.setState({ [panelId]: notLive }),
    }),
    [statuses, panelId],
  );
  const isReplay = deck !== undefined && follows !== undefined;
  return (
    <div className={cx('host', isReplay && 'replay')} data-testid={`panel-${panelId}`}>
      <PanelFrameContext value={frame}>
        <ErrorBoundary name={t(`panels.${kind}`)}>
          <Activity mode={isVisible ? 'visible' : 'hidden'}>
            <Suspense fallback={<Awaited />}>
              <Component panelId={panelId} />
            </Suspense>
          </Activity>
        </ErrorBoundary>
      </PanelFrameContext>
    </div>
  );
});

/** Stands there until the panel's code has come, which is where the hub is. */
function Awaited() {
  const { t } = useTranslation('workspace');
  const isOffline = useOffline() !== null;
  return isOffline ? <EmptyState text={t('awaitsHub')} /> : <div className={cx('loading')} />;
}
