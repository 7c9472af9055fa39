import { beforeEach, describe, expect, it } from 'vitest';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { type AskedWindow, confineWebContents, denyPermissions } from './web-contents-policy.ts';

let electron: ElectronDouble;
beforeEach(() => {
  electron = new ElectronDouble();
});

describe('confineWebContents', () => {
  it.each([
    'will-navigate',
    'will-redirect',
    'will-frame-navigate',
    'will-attach-webview',
  ] as const)('denies %s in whatever web contents come up', (event) => {
    confineWebContents(electron.app, () => undefined);
    const { webContents } = new electron.modules.BrowserWindow({});
    expect(webContents.isAllowed(event)).toBe(false);
  });

  it('opens no window, for our own origin neither', () => {
    confineWebContents(electron.app, ({ id }) => expect.fail(id));
    const { webContents } = new electron.modules.BrowserWindow({});
    expect(webContents.tryOpenWindow('https://example.com/')).toBe('deny');
    expect(webContents.tryOpenWindow('app://tapedeck/')).toBe('deny');
    expect(webContents.tryOpenWindow('https://example.com/?window=a1&layout=Night')).toBe('deny');
    expect(webContents.tryOpenWindow('app://tapedeck/other.html?window=a1&layout=Night')).toBe(
      'deny',
    );
    for (const search of [
      ...['layout=Night', 'window=a1', 'window=../a&layout=Night', 'window=&layout=Night'],
      `window=a1&layout=${'x'.repeat(41)}`,
    ]) {
      expect(webContents.tryOpenWindow(`app://tapedeck/?${search}`)).toBe('deny');
    }
  });

  it('is told which window a page wants beside its own, and still opens none', () => {
    const asked: AskedWindow[] = [];
    confineWebContents(electron.app, (one) => asked.push(one));
    const { webContents } = new electron.modules.BrowserWindow({});
    expect(webContents.tryOpenWindow('app://tapedeck/?window=a1&layout=Night%20desk')).toBe('deny');
    expect(asked).toEqual([{ id: 'a1', layout: 'Night desk' }]);
  });
});

describe('denyPermissions', () => {
  const ask = (permission: 'notifications' | 'media', requestingUrl: string) => {
    let granted: boolean | null = null;
    const details = { isMainFrame: true, requestingUrl };
    electron.defaultSession.request?.(
      null as never,
      permission,
      (isGranted) => {
        granted = isGranted;
      },
      details,
    );
    return granted;
  };
  const check = (permission: 'notifications' | 'usb', origin: string) =>
    electron.defaultSession.check?.(null, permission, origin, { isMainFrame: true });

  beforeEach(() => denyPermissions(electron.defaultSession));

  it('grants notifications to our origin', () => {
    expect(ask('notifications', 'app://tapedeck/index.html')).toBe(true);
    expect(check('notifications', 'app://tapedeck/')).toBe(true);
    expect(check('notifications', 'app://tapedeck')).toBe(true);
  });

  it('grants nothing else to it', () => {
    expect(ask('media', 'app://tapedeck/')).toBe(false);
    expect(check('usb', 'app://tapedeck/')).toBe(false);
    expect(electron.defaultSession.device?.({} as never)).toBe(false);
  });

  it.each(['https://example.com/', 'app://tapedeck.example/', 'https://app//tapedeck', '', 'null'])(
    'grants nothing to %j',
    (origin) => {
      expect(ask('notifications', origin)).toBe(false);
      expect(check('notifications', origin)).toBe(false);
    },
  );
});
