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
  const { follows, useCount } = PANELS[kind];
  const { selectedInstrumentId } = useSelection();
  const deck = useDeck();
  const name = t(`panels.${kind}`);
  const symbol =
    follows === 'instrument' && selectedInstrumentId !== null
      ? symbolOf(selectedInstrumentId)
      : null;
  const deckId = follows === undefined ? undefined : deck?.id;
  const title = [name, symbol, deckId && t('replayOf', { deck: deckId })].filter(Boolean).join(' ');
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
      {deckId !== undefined && <span className={cx('deck')}>{deckId}</span>}
      <span>{name}</span>
      {symbol !== null && <span className={cx('symbol')}>{symbol}</span>}
      {useCount !== undefined && <Count useCount={useCount} />}
    </span>
  );
}

function Count({ useCount }: { readonly useCount: () => number | null }) {
  const count = useCount();
  return count === null ? null : <span className={cx('count')}>{count}</span>;
}
