import { IPC, type RevealTarget } from '#contract/bridge.ts';
import { type Ack, clientEventSchemas, isClientEvent } from '#contract/client-events.ts';
import { fail } from '#contract/errors.ts';
import { isLanguage, type Language } from '#contract/languages.ts';
import { APP_ORIGIN } from './app-origin.ts';
import type { MonitorForShell } from './dependencies.ts';
import type { ShellIpcEvent, ShellIpcMain, ShellWebContents } from './electron-modules.ts';
import { type Defer, PageSession } from './page-session.ts';

export interface IpcGatewayOptions {
  readonly ipcMain: ShellIpcMain;
  readonly monitor: MonitorForShell;
  readonly defer: Defer;
  /** A window has said which language it speaks. */
  readonly onLanguage: (language: Language) => void;
  /** A bug in a handler: the page gets a code only, this gets the error. */
  readonly reportBug: (error: unknown) => void;
}

/** The main process's end of the bridge. Only the main frame of a window of ours may speak to it. */
export class IpcGateway {
  readonly #options: IpcGatewayOptions;
  readonly #windows = new Map<number, ShellWebContents>();
  readonly #sessions = new Map<number, PageSession>();
  readonly #waitingReveals = new Map<number, RevealTarget>();

  constructor(options: IpcGatewayOptions) {
    this.#options = options;
    const { ipcMain } = options;
    ipcMain.handle(IPC.hubCall, (event, ...args) =>
      this.#isTrusted(event)
        ? this.#call(event.sender.id, args)
        : Promise.resolve(fail('access_denied', 'This frame may not call the hub.')),
    );
    ipcMain.on(IPC.hubOpen, (event) => {
      if (this.#isTrusted(event)) this.#open(event.sender.id);
    });
    ipcMain.on(IPC.hubTaken, (event) => {
      if (this.#isTrusted(event)) this.#sessions.get(event.sender.id)?.taken();
    });
    ipcMain.on(IPC.language, (event, language) => {
      if (this.#isTrusted(event) && isLanguage(language)) options.onLanguage(language);
    });
  }

  /** Lets a window's page open sessions, one at a time, until the window is gone. */
  attach(contents: ShellWebContents): void {
    const { id } = contents;
    this.#windows.set(id, contents);
    contents.on('did-navigate', () => this.#close(id));
    contents.on('render-process-gone', () => this.#close(id));
    contents.on('destroyed', () => {
      this.#close(id);
      this.#windows.delete(id);
      this.#waitingReveals.delete(id);
    });
  }

  /** Shows the target in the page, as soon as the page is there. */
  reveal(contents: Pick<ShellWebContents, 'id'>, target: RevealTarget): void {
    const session = this.#sessions.get(contents.id);
    if (session) session.reveal(target);
    else this.#waitingReveals.set(contents.id, target);
  }

  #isTrusted(event: ShellIpcEvent): boolean {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || frame.origin !== APP_ORIGIN) return false;
    return this.#windows.has(event.sender.id);
  }

  #open(id: number): void {
    this.#close(id);
    const contents = this.#windows.get(id);
    if (!contents) return;
    const session = new PageSession(this.#options.monitor, contents, {
      defer: this.#options.defer,
      onOverflow: () => {
        this.#close(id);
        if (!contents.isDestroyed()) contents.send(IPC.hubClosed);
      },
    });
    this.#sessions.set(id, session);
    const target = this.#waitingReveals.get(id);
    this.#waitingReveals.delete(id);
    if (target) session.reveal(target);
  }

  #close(id: number): void {
    this.#sessions.get(id)?.close();
    this.#sessions.delete(id);
  }

  async #call(id: number, args: readonly unknown[]): Promise<Ack<unknown>> {
    const [name, payload] = args;
    if (typeof name !== 'string' || args.length > 2) {
      return fail('invalid_payload', 'A call is an event name and its payload.');
    }
    if (!isClientEvent(name)) return fail('unknown_event', 'There is no such event.');
    const parsed = clientEventSchemas[name].safeParse(payload);
    if (!parsed.success) return fail('invalid_payload', `The payload of ${name} is malformed.`);
    const session = this.#sessions.get(id);
    if (!session) return fail('invalid_state', 'This page has no open session.');
    try {
      return await session.handle(name, parsed.data);
    } catch (error) {
      this.#options.reportBug(error);
      return fail('internal', 'Tapedeck failed to do this.');
    }
  }
}
