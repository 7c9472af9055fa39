import { bindClassNames } from '../../ui/class-names.ts';
import { AddPanelMenu } from '../../workspace/add-panel-menu.tsx';
import { LayoutMenu } from '../../workspace/layout-menu.tsx';
import { KillSwitch } from '../risk/kill-switch.tsx';
import { CommandButton } from './command-button.tsx';
import { FeedsState } from './feeds-state.tsx';
import { ModeBadge } from './mode-badge.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { SelectedInstrument } from './selected-instrument.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import styles from './top-bar.module.css';

const cx = bindClassNames(styles);

export function TopBar() {
  return (
    <header className={cx('bar')}>
      <h1 className={cx('brand')}>Tapedeck</h1>
      <ModeBadge />
      <SelectedInstrument />
      <div className={cx('end')}>
        <LayoutMenu />
        <AddPanelMenu />
        <KillSwitch />
        <CommandButton />
        <FeedsState />
        <ThemeToggle />
        <NotificationBell />
      </div>
    </header>
  );
}
