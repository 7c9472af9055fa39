import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BRIDGE_KEY, IPC, type TapedeckBridge } from '#contract/bridge.ts';
import type { Push } from '#contract/pushes.ts';

type IpcListener = (event: unknown, ...args: unknown[]) => void;
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, (event: unknown, ...args: unknown[]) => void>(),
  sent: [] as unknown[][],
  invoked: [] as unknown[][],
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (key: string, api: unknown) => electron.exposed.set(key, api),
  },
  ipcRenderer: {
    on: (channel: string, listener: IpcListener) => electron.listeners.set(channel, listener),
    send: (...args: unknown[]) => electron.sent.push(args),
    invoke: async (...args: unknown[]) => {
      electron.invoked.push(args);
      return { ok: true };
    },
  },
}));

const ipcEvent = { sender: 'must never reach the page' };
const receive = (channel: string, ...args: unknown[]) =>
  electron.listeners.get(channel)?.(ipcEvent, ...args);
let bridge: TapedeckBridge;

beforeEach(async () => {
  vi.resetModules();
  for (const record of [electron.exposed, electron.listeners]) record.clear();
  electron.sent.length = 0;
  electron.invoked.length = 0;
  await import('./index.ts');
  bridge = electron.exposed.get(BRIDGE_KEY) as TapedeckBridge;
});

describe('the preload script', () => {
  it('gives the page the bridge and nothing more', () => {
    expect([...electron.exposed.keys()]).toEqual([BRIDGE_KEY]);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'onReveal', 'open', 'speak']);
  });

  it('calls the hub over its one channel', async () => {
    await bridge.call('subscribe:price', 'BTC/USDT');
    expect(electron.invoked).toEqual([[IPC.hubCall, 'subscribe:price', 'BTC/USDT']]);
  });

  it('opens the session, and hands on the pushes without the event', () => {
    const received: unknown[][] = [];
    let closings = 0;
    bridge.open(
      (...args) => received.push(args),
      () => {
        closings += 1;
      },
    );
    expect(electron.sent).toEqual([[IPC.hubOpen]]);
    const pushes: Push[] = [];
    receive(IPC.hubPushes, pushes);
    expect(received).toEqual([[pushes]]);
    expect(electron.sent).toEqual([[IPC.hubOpen], [IPC.hubTaken]]);
    receive(IPC.hubClosed, 'slow_consumer');
    expect(closings).toBe(1);
  });

  it('tells the shell which language the screen speaks', () => {
    bridge.speak('ko');
    expect(electron.sent).toEqual([[IPC.language, 'ko']]);
  });

  it('keeps a reveal that comes before the page listens, and shows each once', () => {
    const revealed: unknown[][] = [];
    receive(IPC.reveal, { botId: 'grid' });
    bridge.onReveal((...args) => revealed.push(args));
    receive(IPC.reveal, { botId: 'dca' });
    bridge.onReveal((...args) => revealed.push(args));
    expect(revealed).toEqual([[{ botId: 'grid' }], [{ botId: 'dca' }]]);
  });
});
