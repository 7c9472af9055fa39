import { isAppUrl } from './app-origin.ts';
import type {
  Preventable,
  ShellApp,
  ShellElectronSession,
  ShellWebContents,
} from './electron-modules.ts';

/**
 * Nothing ever leaves the page that was loaded first: no navigation, redirect, frame, window or
 * webview. What the shell itself loads or reloads raises none of these events. A page may ask for one
 * more window of ours with a layout's name: the shell opens it, and the page gets no hold of it.
 */
export function confineWebContents(app: ShellApp, onLayout: (layout: string) => void): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, onLayout));
}

function confine(contents: ShellWebContents, onLayout: (layout: string) => void): void {
  const deny = (event: Preventable) => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(({ url }) => {
    const layout = layoutAsked(url);
    if (layout !== null) onLayout(layout);
    return { action: 'deny' };
  });
}

const MOST_LAYOUT_NAME_LENGTH = 40;

/** The layout of `app://tapedeck/?layout=NAME`; null for whatever else is asked for. */
function layoutAsked(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !isAppUrl(text) || url.pathname !== '/') return null;
  const layout = url.searchParams.get('layout');
  return layout !== null && layout.length <= MOST_LAYOUT_NAME_LENGTH ? layout : null;
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
