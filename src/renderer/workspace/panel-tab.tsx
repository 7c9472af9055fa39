import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { symbolOf } from '#domain/instrument.ts';
import { useDeck, useSelection, useWorkspace } from '../app/app-context.ts';
import { bindClassNames } from '../ui/class-names.ts';
import type { DockviewDock } from './dockview-dock.ts';
import type { PanelKind } from './panel-kinds.ts';
import { PANELS } from './panel-registry.ts';
import styles from './workspace.module.css';

const cx = bindClassNames(styles);
const MIDDLE_BUTTON = 1;

export interface PanelTabProps {
  readonly panelId: string;
  readonly kind: PanelKind;
  readonly dock: DockviewDock;
}

/** A panel's name, what it shows, and how much there is of it. */
export function PanelTab({ panelId, kind, dock }: PanelTabProps) {
  const { t } = useTranslation('workspace');
  const workspace = useWorkspace();
  const { follows, useCount = useNoCount } = PANELS[kind];
  const count = useCount();
  const { selectedInstrumentId } = useSelection();
  const deck = useDeck();
  const name = t(`panels.${kind}`);
  const symbol =
    follows === 'instrument' && selectedInstrumentId !== null
      ? symbolOf(selectedInstrumentId)
      : null;
  const deckId = follows === undefined ? undefined : deck?.id;
  const replay = deckId && t('replayOf', { deck: deckId });
  const title = [name, symbol, count?.toString(), replay].filter(Boolean).join(' ');
  useEffect(() => dock.setTitle(panelId, title), [dock, panelId, title]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tab around it has the keyboard
    <span
      className={cx('tab')}
      data-testid={`tab-${kind}`}
      onDoubleClick={() => workspace.toggleMaximized(panelId)}
      onAuxClick={({ button }) => {
        if (button === MIDDLE_BUTTON) workspace.close(panelId);
      }}
    >
      {deckId !== undefined && (
        <span className={cx('deck')} aria-hidden="true">
          {deckId}
        </span>
      )}
      <span>{name}</span> {symbol !== null && <span className={cx('symbol')}>{symbol}</span>}
      {count !== null && <span className={cx('count')}>{count}</span>}
    </span>
  );
}

const useNoCount = () => null;
