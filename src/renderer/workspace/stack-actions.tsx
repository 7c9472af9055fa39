import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useCommandRegistry, useShortcutText, useWorkspace } from '../app/app-context.ts';
import { bindClassNames } from '../ui/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { NotLiveWarning } from '../ui/panel.tsx';
import { Popover } from '../ui/popover.tsx';
import type { StackSlot } from './dock-slots.ts';
import { LinkChip } from './link-chip.tsx';
import { PANELS } from './panel-registry.ts';
import { usePanelStatus } from './panel-status.ts';
import styles from './workspace.module.css';
import { MOVES, type PanelCommandName, panelCommandId } from './workspace-commands.ts';

const cx = bindClassNames(styles);

/** Beside a stack's tabs: that the panel on top is not live, its link, and what can be done with it. */
export function StackActions({ slot }: { readonly slot: StackSlot }) {
  const { panelId } = slot;
  if (panelId === null) return null;
  return <PanelActions panelId={panelId} isMaximized={slot.isMaximized} />;
}

interface PanelActionsProps {
  readonly panelId: string;
  readonly isMaximized: boolean;
}

function PanelActions({ panelId, isMaximized }: PanelActionsProps) {
  const workspace = useWorkspace();
  const panel = useStore(workspace.store, ({ panels }) => panels[panelId]);
  const notLive = usePanelStatus(panelId);
  if (panel === undefined) return null;
  return (
    <span className={cx('actions')} data-testid={`actions-${panelId}`}>
      {notLive !== null && <NotLiveWarning notLive={notLive} />}
      {PANELS[panel.kind].follows !== undefined && (
        <LinkChip link={panel.link} onLink={(link) => workspace.link(panelId, link)} />
      )}
      <PanelMenu panelId={panelId} isMaximized={isMaximized} />
    </span>
  );
}

function PanelMenu({ panelId, isMaximized }: PanelActionsProps) {
  const { t } = useTranslation('workspace');
  const workspace = useWorkspace();
  const commands = useCommandRegistry();
  return (
    <Popover label={t('panelMenu')} testId="panel-menu" button="⋯">
      {(close) => {
        const item = (work: () => void) => () => {
          close();
          work();
        };
        /** It acts on the active panel, as by the keyboard. */
        const run = (name: PanelCommandName) =>
          item(() => {
            workspace.activate(panelId);
            commands.get(panelCommandId(name))?.run();
          });
        return (
          <Menu label={t('panelMenu')}>
            <CommandItem name="maximize" onSelect={run('maximize')}>
              {isMaximized ? t('restore') : t('commands.maximize')}
            </CommandItem>
            <CommandItem name="duplicate" onSelect={run('duplicate')}>
              {t('commands.duplicate')}
            </CommandItem>
            <CommandItem name="close" onSelect={run('close')}>
              {t('commands.close')}
            </CommandItem>
            <MenuLine />
            {MOVES.map((name) => (
              <CommandItem key={name} name={name} onSelect={run(name)}>
                {t(`commands.${name}`)}
              </CommandItem>
            ))}
          </Menu>
        );
      }}
    </Popover>
  );
}

interface CommandItemProps {
  readonly name: PanelCommandName;
  readonly onSelect: () => void;
  readonly children: string;
}

const CommandItem = ({ name, onSelect, children }: CommandItemProps) => (
  <MenuItem
    keys={useShortcutText(panelCommandId(name))}
    testId={`panel-${name}`}
    onSelect={onSelect}
  >
    {children}
  </MenuItem>
);
