import { z } from 'zod';
import { isAppUrl } from './app-origin.ts';
import type {
  Preventable,
  ShellApp,
  ShellElectronSession,
  ShellWebContents,
} from './electron-modules.ts';
import { windowIdSchema } from './window-states.ts';

const askedWindowSchema = z.object({
  id: windowIdSchema,
  /** The name of a saved layout; empty: the one that Tapedeck comes with. */
  layout: z.string().max(40),
});
/** One more window, as a page asks for it. */
export type AskedWindow = z.infer<typeof askedWindowSchema>;

/**
 * Nothing ever leaves the page that was loaded first: no navigation, redirect, frame, window or
 * webview. What the shell itself loads or reloads raises none of these events. A page may ask for one
 * more window of ours with a name of its own: the shell opens it, and the page gets no hold of it.
 */
export function confineWebContents(app: ShellApp, onWindow: (asked: AskedWindow) => void): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, onWindow));
}

function confine(contents: ShellWebContents, onWindow: (asked: AskedWindow) => void): void {
  const deny = (event: Preventable) => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(({ url }) => {
    const asked = windowAsked(url);
    if (asked !== null) onWindow(asked);
    return { action: 'deny' };
  });
}

/** Of `app://tapedeck/?window=ID&layout=NAME`; null for whatever else is asked for. */
function windowAsked(text: string): AskedWindow | null {
  const url = URL.parse(text);
  if (url === null || !isAppUrl(text) || url.pathname !== '/') return null;
  const [id, layout] = [url.searchParams.get('window'), url.searchParams.get('layout')];
  return askedWindowSchema.safeParse({ id, layout }).data ?? null;
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
