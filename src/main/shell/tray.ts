import { join } from 'node:path';
import type { ElectronModules, ShellTray } from './electron-modules.ts';
import type { ShellWords } from './shell-words.ts';

export interface TrayActions {
  readonly show: () => void;
  readonly quit: () => void;
}

type Words = Pick<ShellWords, 'say' | 'onChange'>;

/** Keep the result: a tray icon that is garbage-collected disappears. */
export function createTray(
  electron: Pick<ElectronModules, 'Menu' | 'Tray'>,
  appPath: string,
  { show, quit }: TrayActions,
  words: Words,
): ShellTray {
  const tray = new electron.Tray(join(appPath, 'resources/icons/32x32.png'));
  tray.setToolTip('Tapedeck');
  const label = () =>
    tray.setContextMenu(
      electron.Menu.buildFromTemplate([
        { label: words.say('Show Tapedeck'), click: show },
        { label: words.say('Quit'), click: quit },
      ]),
    );
  label();
  words.onChange(label);
  tray.on('click', show);
  return tray;
}
