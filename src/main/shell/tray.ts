import { join } from 'node:path';
import type { ElectronModules, ShellTray } from './electron-modules.ts';

export interface TrayActions {
  readonly show: () => void;
  readonly quit: () => void;
}

/** Keep the result: a tray icon that is garbage-collected disappears. */
export function createTray(
  electron: Pick<ElectronModules, 'Menu' | 'Tray'>,
  appPath: string,
  { show, quit }: TrayActions,
): ShellTray {
  const tray = new electron.Tray(join(appPath, 'resources/icons/32x32.png'));
  tray.setToolTip('Tapedeck');
  tray.setContextMenu(
    electron.Menu.buildFromTemplate([
      { label: 'Show Tapedeck', click: show },
      { label: 'Quit', click: quit },
    ]),
  );
  tray.on('click', show);
  return tray;
}
