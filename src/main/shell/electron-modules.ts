import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  Event,
  Input,
  Menu,
  Notification,
  NotificationConstructorOptions,
  Protocol,
  RenderProcessGoneDetails,
  Screen,
  Session,
  Tray,
  WebContents,
  WebFrameMain,
} from 'electron';

/**
 * The parts of Electron that the shell uses, so that a double can stand in for them in plain Node.
 * `desktop.ts` passes the real modules as this type: what does not match `electron.d.ts` does not
 * compile. Methods are picked from Electron's types; of its `on` overloads, which return the whole
 * emitter, only the events that are listened to are named.
 */
export interface ElectronModules {
  readonly app: ShellApp;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ShellWindow;
  readonly dialog: Pick<Dialog, 'showErrorBox'> & {
    showMessageBox(options: { message: string; detail: string; buttons: string[] }): Promise<{
      readonly response: number;
    }>;
  };
  readonly ipcMain: ShellIpcMain;
  readonly Menu: {
    buildFromTemplate(template: { label: string; click: () => void }[]): Menu;
    setApplicationMenu(menu: null): void;
  };
  readonly Notification: {
    new (options: NotificationConstructorOptions): ShellNotification;
    isSupported(): boolean;
  };
  readonly powerMonitor: { on(event: 'resume', listener: () => void): unknown };
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
  readonly screen: {
    getAllDisplays(): Pick<ReturnType<Screen['getPrimaryDisplay']>, 'workArea'>[];
  };
  readonly session: { readonly defaultSession: ShellElectronSession };
  readonly Tray: new (image: string) => ShellTray;
}

export interface ShellApp
  extends Pick<
    App,
    | 'enableSandbox'
    | 'exit'
    | 'getAppPath'
    | 'getPath'
    | 'getPreferredSystemLanguages'
    | 'quit'
    | 'requestSingleInstanceLock'
    | 'setAppUserModelId'
  > {
  whenReady(): Promise<void>;
  on(event: 'activate', listener: () => void): unknown;
  on(event: 'before-quit', listener: () => void): unknown;
  on(event: 'second-instance', listener: () => void): unknown;
  on(event: 'web-contents-created', listener: WebContentsCreatedListener): unknown;
  on(event: 'will-quit', listener: (event: Preventable) => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
}
type WebContentsCreatedListener = (event: Event, contents: ShellWebContents) => void;
export type Preventable = Pick<Event, 'preventDefault'>;

export interface ShellWindow
  extends Pick<
    BrowserWindow,
    | 'focus'
    | 'getNormalBounds'
    | 'isDestroyed'
    | 'isMaximized'
    | 'isMinimized'
    | 'loadURL'
    | 'maximize'
    | 'restore'
    | 'show'
    | 'showInactive'
  > {
  readonly webContents: ShellWebContents;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  on(event: 'focus', listener: () => void): unknown;
  on(event: 'move', listener: () => void): unknown;
  on(event: 'resize', listener: () => void): unknown;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export type PressedKey = Pick<Input, 'alt' | 'control' | 'key' | 'type'>;

type GoneDetails = Pick<RenderProcessGoneDetails, 'reason'>;
export interface ShellWebContents
  extends Pick<
    WebContents,
    | 'getZoomLevel'
    | 'id'
    | 'isDestroyed'
    | 'reload'
    | 'send'
    | 'setWindowOpenHandler'
    | 'setZoomLevel'
  > {
  on(
    event: 'before-input-event',
    listener: (event: Preventable, input: PressedKey) => void,
  ): unknown;
  on(event: 'destroyed', listener: () => void): unknown;
  on(event: 'did-navigate', listener: () => void): unknown;
  on(event: 'render-process-gone', listener: (event: Event, gone: GoneDetails) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: Preventable) => void): unknown;
  on(event: 'will-navigate', listener: (event: Preventable) => void): unknown;
  on(event: 'will-redirect', listener: (event: Preventable) => void): unknown;
}

export interface ShellIpcEvent {
  readonly sender: Pick<WebContents, 'id'>;
  readonly senderFrame: (Pick<WebFrameMain, 'origin'> & { readonly parent: unknown }) | null;
}
export interface ShellIpcMain {
  handle(channel: string, listener: IpcInvokeListener): void;
  on(channel: string, listener: (event: ShellIpcEvent, ...args: unknown[]) => void): unknown;
}
export type IpcInvokeListener = (event: ShellIpcEvent, ...args: unknown[]) => Promise<unknown>;

export interface ShellNotification extends Pick<Notification, 'close' | 'show'> {
  on(event: 'click', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'failed', listener: () => void): unknown;
}

export type ShellElectronSession = Pick<
  Session,
  'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
>;

export interface ShellTray extends Pick<Tray, 'destroy' | 'setContextMenu' | 'setToolTip'> {
  on(event: 'click', listener: () => void): unknown;
}
