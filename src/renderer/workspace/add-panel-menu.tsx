import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../app/app-context.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { PANEL_KINDS } from './panel-kinds.ts';

/** Opens one more panel, beside the active one. */
export function AddPanelMenu() {
  const { t } = useTranslation('workspace');
  const workspace = useWorkspace();
  return (
    <Popover label={t('addPanel')} testId="add-panel" button={`+ ${t('panel')}`}>
      {(close) => (
        <Menu label={t('addPanel')}>
          {PANEL_KINDS.map((kind) => (
            <MenuItem
              key={kind}
              testId={`add-panel-${kind}`}
              onSelect={() => {
                close();
                workspace.open(kind);
              }}
            >
              {t(`panels.${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Popover>
  );
}
