import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  Menu,
  NotificationConstructorOptions,
  WindowOpenHandlerResponse,
} from 'electron';
import type {
  ElectronModules,
  IpcInvokeListener,
  PressedKey,
  Preventable,
  ShellApp,
  ShellElectronSession,
  ShellIpcEvent,
  ShellIpcMain,
  ShellNotification,
  ShellTray,
  ShellWebContents,
  ShellWindow,
} from '#main/shell/electron-modules.ts';

/**
 * Stands in for the `electron` module in plain Node. Every member satisfies `ElectronModules`,
 * which the real module must satisfy too (`desktop.ts` does not compile otherwise). It behaves as
 * Electron documents it where the shell depends on that: order of events, what can be prevented.
 */

type Listener = (...args: never[]) => void;

class Emitter {
  readonly #listeners = new Map<string, Set<Listener>>();

  on(event: string, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return this;
  }

  once(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      (listener as (...given: unknown[]) => void)(...args);
    }
  }
}

class EventDouble implements Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class WebContentsDouble extends Emitter implements ShellWebContents {
  readonly id: number;
  #zoomLevel = 0;
  readonly sent: { channel: string; args: unknown[] }[] = [];
  reloads = 0;
  destroyed = false;
  openWindow: Parameters<ShellWebContents['setWindowOpenHandler']>[0] | null = null;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
  reload(): void {
    this.reloads += 1;
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.sent.push({ channel, args });
  }
  setWindowOpenHandler(handler: Parameters<ShellWebContents['setWindowOpenHandler']>[0]): void {
    this.openWindow = handler;
  }

  getZoomLevel(): number {
    return this.#zoomLevel;
  }
  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
  }

  /** Whether a key was kept from the page. */
  press(key: PressedKey): boolean {
    const pressed = new EventDouble();
    this.emit('before-input-event', pressed, key);
    return pressed.defaultPrevented;
  }

  /** What became of `window.open(url)` in the page. */
  tryOpenWindow(url: string): WindowOpenHandlerResponse['action'] {
    const details = { url, frameName: '', features: '', disposition: 'new-window' } as const;
    const referrer = { url: '', policy: 'no-referrer' } as const;
    return this.openWindow?.({ ...details, referrer }).action ?? 'allow';
  }

  /** Whether an event that asks for leave was let through. */
  isAllowed(
    event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate' | 'will-attach-webview',
  ) {
    const asked = new EventDouble();
    this.emit(event, asked);
    return !asked.defaultPrevented;
  }

  /** What this page's main frame sends comes with this event. */
  ipcEvent(frame: Partial<NonNullable<ShellIpcEvent['senderFrame']>> = {}): ShellIpcEvent {
    return { sender: this, senderFrame: { origin: 'app://tapedeck', parent: null, ...frame } };
  }
}

export class WindowDouble extends Emitter implements ShellWindow {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  readonly loadedUrls: string[] = [];
  loadError: Error | null = null;
  /** Until when its page takes to load. */
  loaded: Promise<void> = Promise.resolve();
  isVisible = false;
  wasShownInactive = false;
  focusCount = 0;
  minimized = false;
  maximized = false;
  destroyed = false;
  bounds = { x: 10, y: 20, width: 1_000, height: 700 };
  /** A page that is closed while it loads has failed to load. */
  readonly #gone = Promise.withResolvers<void>();

  constructor(options: BrowserWindowConstructorOptions, webContents: WebContentsDouble) {
    super();
    this.#gone.promise.catch(() => undefined);
    this.options = options;
    this.webContents = webContents;
  }

  focus(): void {
    this.focusCount += 1;
    this.emit('focus');
  }
  getNormalBounds() {
    return this.bounds;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  async loadURL(url: string): Promise<void> {
    if (this.loadError) throw this.loadError;
    this.loadedUrls.push(url);
    await Promise.race([this.loaded, this.#gone.promise]);
  }
  maximize(): void {
    this.maximized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  show(): void {
    this.isVisible = true;
  }
  showInactive(): void {
    this.isVisible = true;
    this.wasShownInactive = true;
  }

  /** As when the user drags it. */
  moveTo(bounds: WindowDouble['bounds']): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }

  /** As when the user closes it. */
  close(): void {
    this.emit('close');
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.#gone.reject(new Error('ERR_FAILED (-2)'));
    this.emit('closed');
  }
}

class AppDouble extends Emitter implements ShellApp {
  readonly #owner: ElectronDouble;
  readonly #ready = Promise.withResolvers<void>();
  isReady = false;
  hasLock = true;
  exitCode: number | null = null;
  userModelId: string | null = null;
  sandboxed = false;
  userDataPath = '/nonexistent/user-data';
  systemLanguages: string[] = [];

  constructor(owner: ElectronDouble) {
    super();
    this.#owner = owner;
  }

  becomeReady(): void {
    this.isReady = true;
    this.#ready.resolve();
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  enableSandbox(): void {
    if (this.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }
  exit(exitCode = 0): void {
    this.exitCode ??= exitCode;
  }
  getAppPath(): string {
    return '/app';
  }
  getPath(): string {
    return this.userDataPath;
  }
  getPreferredSystemLanguages(): string[] {
    return this.systemLanguages;
  }
  /** Says `before-quit`, closes the windows, then asks by `will-quit`. */
  quit(): void {
    this.emit('before-quit');
    for (const window of this.#owner.openWindows()) window.close();
    const asked = new EventDouble();
    this.emit('will-quit', asked);
    if (!asked.defaultPrevented) this.exit(0);
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
}

export class NotificationDouble extends Emitter implements ShellNotification {
  readonly options: NotificationConstructorOptions;
  state: 'made' | 'shown' | 'closed' = 'made';

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.state = 'shown';
  }
  close(): void {
    this.state = 'closed';
    this.emit('close');
  }
}

class IpcMainDouble extends Emitter implements ShellIpcMain {
  readonly #handlers = new Map<string, IpcInvokeListener>();

  handle(channel: string, listener: IpcInvokeListener): void {
    if (this.#handlers.has(channel)) throw new Error(`Second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }
  /** `ipcRenderer.invoke` from a frame. */
  invoke(event: ShellIpcEvent, channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    return handler ? handler(event, ...args) : Promise.reject(new Error(`No handler: ${channel}`));
  }
}

class ProtocolDouble {
  readonly #app: AppDouble;
  readonly schemes: CustomScheme[] = [];
  #handler: ((request: Request) => Response | Promise<Response>) | null = null;

  constructor(app: AppDouble) {
    this.#app = app;
  }
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (this.#app.isReady) throw new Error('registerSchemesAsPrivileged must come before ready');
    this.schemes.push(...schemes);
  }
  handle(_scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!this.#app.isReady) throw new Error('protocol.handle must come after ready');
    this.#handler = handler;
  }
  /** As the page's network stack does: without normalising what is given. */
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    if (!this.#handler) throw new Error('No handler of the scheme');
    return this.#handler(new Request(url, init));
  }
}

class SessionDouble implements ShellElectronSession {
  request: Parameters<ShellElectronSession['setPermissionRequestHandler']>[0] = null;
  check: Parameters<ShellElectronSession['setPermissionCheckHandler']>[0] = null;
  device: Parameters<ShellElectronSession['setDevicePermissionHandler']>[0] = null;

  setPermissionRequestHandler(handler: SessionDouble['request']): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: SessionDouble['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: SessionDouble['device']): void {
    this.device = handler;
  }
}

interface MenuEntry {
  readonly label: string;
  readonly click: () => void;
}

class TrayDouble extends Emitter implements ShellTray {
  toolTip = '';
  destroyed = false;
  setContextMenu(): void {
    // The template is kept where the menu is built.
  }
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }
  destroy(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.destroyed = true;
  }
}

export class ElectronDouble {
  readonly app = new AppDouble(this);
  readonly ipcMain = new IpcMainDouble();
  readonly protocol = new ProtocolDouble(this.app);
  readonly defaultSession = new SessionDouble();
  readonly powerMonitor = new Emitter();
  readonly windows: WindowDouble[] = [];
  readonly notifications: NotificationDouble[] = [];
  readonly trays: TrayDouble[] = [];
  readonly errorBoxes: { title: string; content: string }[] = [];
  trayMenu: readonly MenuEntry[] = [];
  questions = 0;
  /** Which button of a message box is pressed. */
  answer = 0;
  notificationsSupported = true;
  /** What the next window's page fails to load with. */
  nextLoadError: Error | null = null;
  /** Until when the pages of windows that are opened from now on take to load. */
  loaded: Promise<void> = Promise.resolve();

  openWindows(): WindowDouble[] {
    return this.windows.filter((window) => !window.destroyed);
  }

  get modules() {
    const double = this;
    return {
      app: this.app,
      BrowserWindow: class extends WindowDouble {
        constructor(options: BrowserWindowConstructorOptions) {
          super(options, new WebContentsDouble(double.windows.length + 1));
          this.loadError = double.nextLoadError;
          this.loaded = double.loaded;
          double.windows.push(this);
          double.app.emit('web-contents-created', new EventDouble(), this.webContents);
        }
      },
      dialog: {
        showErrorBox: (title: string, content: string) => {
          this.errorBoxes.push({ title, content });
        },
        showMessageBox: async () => {
          this.questions += 1;
          return { response: this.answer };
        },
      },
      ipcMain: this.ipcMain,
      Menu: {
        buildFromTemplate: (template: readonly MenuEntry[]) => {
          this.trayMenu = template;
          return {} as Menu;
        },
        setApplicationMenu: () => undefined,
      },
      Notification: class extends NotificationDouble {
        constructor(options: NotificationConstructorOptions) {
          super(options);
          double.notifications.push(this);
        }
        static isSupported(): boolean {
          return double.notificationsSupported;
        }
      },
      powerMonitor: this.powerMonitor,
      protocol: this.protocol,
      screen: {
        getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }],
      },
      session: { defaultSession: this.defaultSession },
      Tray: class extends TrayDouble {
        constructor() {
          super();
          double.trays.push(this);
        }
      },
    } satisfies ElectronModules;
  }
}
