import { beforeEach, describe, expect, it } from 'vitest';
import { IPC } from '#contract/bridge.ts';
import type { Push } from '#contract/pushes.ts';
import type { EpochMs } from '#domain/units.ts';
import { ElectronDouble, WebContentsDouble } from '#tests/fakes/electron-double.ts';
import { MonitorDouble } from '#tests/fakes/monitor-double.ts';
import { IpcGateway } from './ipc-gateway.ts';

const gapPush = (seq: number): Push => ({
  event: 'gap',
  payload: { channel: 'c', seq, timestamp: 1 as EpochMs, missed: 1 },
});

let electron: ElectronDouble;
let monitor: MonitorDouble;
let gateway: IpcGateway;
let page: WebContentsDouble;
let bugs: unknown[];
let languages: string[];
let deferred: Set<() => void>;
const endTurn = () => {
  const callbacks = [...deferred];
  deferred.clear();
  for (const callback of callbacks) callback();
};

beforeEach(() => {
  electron = new ElectronDouble();
  monitor = new MonitorDouble();
  bugs = [];
  languages = [];
  deferred = new Set();
  gateway = new IpcGateway({
    ipcMain: electron.ipcMain,
    monitor,
    defer: (callback) => {
      deferred.add(callback);
      return () => deferred.delete(callback);
    },
    onLanguage: (language) => languages.push(language),
    reportBug: (error) => bugs.push(error),
  });
  page = new WebContentsDouble(1);
  gateway.attach(page);
});

const open = (contents = page) => electron.ipcMain.emit(IPC.hubOpen, contents.ipcEvent());
const call = (...args: unknown[]) => electron.ipcMain.invoke(page.ipcEvent(), IPC.hubCall, ...args);
const refusal = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

describe('calls', () => {
  it('hands a valid call to the session of its page and answers with its result', async () => {
    open();
    expect(await call('subscribe:price', 'BTC/USDT')).toEqual({ ok: true, result: 'done' });
    expect(monitor.sessions[0]?.calls).toEqual([{ event: 'subscribe:price', payload: 'BTC/USDT' }]);
  });

  it.each([
    ['no arguments', [], 'invalid_payload'],
    ['a name that is no string', [{}], 'invalid_payload'],
    ['an argument too many', ['subscribe:price', 'a', 'b'], 'invalid_payload'],
    ['an unknown event', ['shutdown', null], 'unknown_event'],
    ['an inherited property', ['toString', null], 'unknown_event'],
    ['a malformed payload', ['subscribe', { channel: 7 }], 'invalid_payload'],
    ['a stray field', ['subscribe', { channel: 'c', as: 'root' }], 'invalid_payload'],
  ])('refuses %s', async (_name, args, code) => {
    open();
    expect(await call(...args)).toEqual(refusal(code));
    expect(monitor.sessions[0]?.calls).toEqual([]);
  });

  it('answers a call before the page has opened its session with an error, not silence', async () => {
    expect(await call('subscribe:price', 'BTC/USDT')).toEqual(refusal('invalid_state'));
  });

  it('reports a bug here and gives the page a code only', async () => {
    open();
    const bug = new Error('secret path /home/me');
    monitor.answer = () => Promise.reject(bug);
    const answer = await call('subscribe:price', 'BTC/USDT');
    expect(answer).toEqual(refusal('internal'));
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(bugs).toEqual([bug]);
  });
});

describe('foreign senders', () => {
  const foreign: [string, () => ReturnType<WebContentsDouble['ipcEvent']>][] = [
    ['a frame inside the page', () => page.ipcEvent({ parent: {} })],
    ['another origin', () => page.ipcEvent({ origin: 'https://example.com' })],
    ['an opaque origin', () => page.ipcEvent({ origin: 'null' })],
    ['a frame that is gone', () => ({ ...page.ipcEvent(), senderFrame: null })],
    ['web contents that are no window of ours', () => new WebContentsDouble(99).ipcEvent()],
  ];

  it.each(foreign)('are refused: %s', async (_name, event) => {
    open();
    const answer = await electron.ipcMain.invoke(event(), IPC.hubCall, 'subscribe:price', 'BTC');
    expect(answer).toEqual(refusal('access_denied'));
    electron.ipcMain.emit(IPC.hubOpen, event());
    electron.ipcMain.emit(IPC.language, event(), 'ko');
    expect(monitor.sessions).toHaveLength(1);
    expect(languages).toEqual([]);
    expect(monitor.sessions[0]?.calls).toEqual([]);
  });
});

describe('the language of a window', () => {
  it('is taken where it is one that we have', () => {
    for (const told of ['ko', 'fr', 7, undefined]) {
      electron.ipcMain.emit(IPC.language, page.ipcEvent(), told);
    }
    expect(languages).toEqual(['ko']);
  });
});

describe('pushes', () => {
  it('reach the page in order, those of one turn in one message', () => {
    open();
    monitor.sessions[0]?.deliver([gapPush(1), gapPush(2)]);
    monitor.sessions[0]?.deliver([gapPush(3)]);
    expect(page.sent).toEqual([]);
    endTurn();
    monitor.sessions[0]?.deliver([gapPush(4)]);
    endTurn();
    endTurn();
    expect(page.sent).toEqual([
      { channel: IPC.hubPushes, args: [[gapPush(1), gapPush(2), gapPush(3)]] },
      { channel: IPC.hubPushes, args: [[gapPush(4)]] },
    ]);
  });

  it('of nothing send nothing', () => {
    open();
    monitor.sessions[0]?.deliver([]);
    expect(deferred.size).toBe(0);
  });

  it('go to each page from a session of its own', () => {
    const other = new WebContentsDouble(2);
    gateway.attach(other);
    open();
    open(other);
    monitor.sessions[1]?.deliver([gapPush(1)]);
    endTurn();
    expect([page.sent.length, other.sent.length]).toEqual([0, 1]);
  });
});

describe('[B7] a page that does not take what it is sent', () => {
  const take = (contents = page) => electron.ipcMain.emit(IPC.hubTaken, contents.ipcEvent());
  const fill = () => {
    for (let seq = 1; monitor.sessions[0]?.port.isReady; seq += 1) {
      monitor.sessions[0].deliver([gapPush(seq)]);
      endTurn();
    }
  };

  it('is told from its eighth message on to wait, until it has taken one', () => {
    open();
    fill();
    expect(page.sent).toHaveLength(8);
    let isReady = false;
    monitor.sessions[0]?.port.whenReady(() => {
      isReady = true;
    });
    expect(isReady).toBe(false);
    take(new WebContentsDouble(99));
    expect(isReady).toBe(false);
    take();
    expect([isReady, monitor.sessions[0]?.port.isReady]).toEqual([true, true]);
  });

  it('loses its session when the hub can keep no more for it, and opens another one', async () => {
    open();
    fill();
    monitor.sessions[0]?.port.overflow();
    expect(monitor.sessions[0]?.closed).toBe(true);
    expect(page.sent.at(-1)).toEqual({ channel: IPC.hubClosed, args: [] });
    expect(await call('subscribe:price', 'BTC/USDT')).toEqual(refusal('invalid_state'));
    open();
    expect(monitor.sessions[1]?.port.isReady).toBe(true);
  });
});

describe('the session', () => {
  it.each(['did-navigate', 'render-process-gone', 'destroyed'])('ends on %s', async (event) => {
    open();
    monitor.sessions[0]?.deliver([gapPush(1)]);
    page.emit(event, {}, { reason: 'crashed' });
    expect(monitor.sessions[0]?.closed).toBe(true);
    expect(deferred.size).toBe(0);
    monitor.sessions[0]?.deliver([gapPush(2)]);
    endTurn();
    expect(page.sent).toEqual([]);
  });

  it('is a new one after a reload, and the old one is closed', () => {
    open();
    open();
    expect(monitor.sessions.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('sends nothing to a page that is destroyed before the turn ends', () => {
    open();
    monitor.sessions[0]?.deliver([gapPush(1)]);
    page.destroyed = true;
    expect(endTurn).not.toThrow();
  });

  it('cannot be opened any more once the window is gone', () => {
    page.emit('destroyed');
    open();
    expect(monitor.sessions).toEqual([]);
  });
});

describe('reveal', () => {
  const target = { botId: 'grid', fillId: 'f1' };

  it('goes to an open page at once', () => {
    open();
    gateway.reveal(page, target);
    expect(page.sent).toEqual([{ channel: IPC.reveal, args: [target] }]);
  });

  it('waits for a page that is still loading, and is shown once', () => {
    gateway.reveal(page, target);
    expect(page.sent).toEqual([]);
    open();
    open();
    expect(page.sent).toEqual([{ channel: IPC.reveal, args: [target] }]);
  });
});
