import { isAppUrl } from './app-origin.ts';
import type {
  Preventable,
  ShellApp,
  ShellElectronSession,
  ShellWebContents,
} from './electron-modules.ts';

/**
 * Nothing ever leaves the page that was loaded first: no navigation, redirect, frame, window or
 * webview. What the shell itself loads or reloads raises none of these events.
 */
export function confineWebContents(app: ShellApp): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: ShellWebContents): void {
  const deny = (event: Preventable) => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Electron grants every permission unless told otherwise; ours has notifications only. */
export function denyPermissions(session: ShellElectronSession): void {
  const isGranted = (permission: string, url: string) =>
    permission === 'notifications' && isAppUrl(url);
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(isGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isGranted(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}
