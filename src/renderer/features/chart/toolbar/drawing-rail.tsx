import { useTranslation } from 'react-i18next';
import { useShortcutText } from '../../../app/app-context.ts';
import { DRAWING_KINDS, type DrawingKind } from '../../../stores/drawing-store.ts';
import { bindClassNames } from '../../../ui/class-names.ts';
import { type ChartKeyName, chartKeyCommandId } from '../chart-keys.ts';
import type { DrawingStatus } from '../drawings/drawing-desk.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './toolbar.module.css';

const cx = bindClassNames(styles);

export interface DrawingCommands {
  readonly setTool: (tool: DrawingKind | null) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly remove: () => void;
}

export interface DrawingRailProps {
  readonly status: DrawingStatus;
  readonly commands: DrawingCommands;
}

/** The drawing tools at the chart's left edge. */
export function DrawingRail({ status, commands }: DrawingRailProps) {
  const { t } = useTranslation('chart');
  const { tool, hasSelection, canUndo, canRedo } = status;
  return (
    <div
      className={cx('rail')}
      role="toolbar"
      aria-label={t('tool.name')}
      aria-orientation="vertical"
    >
      <RailButton
        icon="pointer"
        label={t('tool.pointer')}
        isPressed={tool === null}
        onClick={() => commands.setTool(null)}
      />
      {DRAWING_KINDS.map((kind) => (
        <RailButton
          key={kind}
          icon={kind}
          label={t(`tool.${kind}`)}
          keyName={kind}
          isPressed={tool === kind}
          onClick={() => commands.setTool(tool === kind ? null : kind)}
        />
      ))}
      <span className={cx('space')} />
      <RailButton
        icon="undo"
        label={t('tool.undo')}
        keyName="undo"
        isDisabled={!canUndo}
        onClick={commands.undo}
      />
      <RailButton
        icon="redo"
        label={t('tool.redo')}
        keyName="redo"
        isDisabled={!canRedo}
        onClick={commands.redo}
      />
      <RailButton
        icon="remove"
        label={t('tool.remove')}
        keyName="remove"
        isDisabled={!hasSelection}
        onClick={commands.remove}
      />
    </div>
  );
}

interface RailButtonProps {
  readonly icon: IconName;
  readonly label: string;
  /** Of the keys that do the same. */
  readonly keyName?: ChartKeyName;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

function RailButton({ icon, label, keyName, isPressed, isDisabled, onClick }: RailButtonProps) {
  const { t } = useTranslation('chart');
  const key = useShortcutText(keyName === undefined ? '' : chartKeyCommandId(keyName));
  const shown = key === undefined ? label : t('tool.withKey', { tool: label, key });
  return (
    <button
      type="button"
      className={cx('railButton', isPressed && 'pressed')}
      title={shown}
      aria-label={shown}
      aria-pressed={isPressed}
      disabled={isDisabled}
      data-testid={`tool-${icon}`}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
