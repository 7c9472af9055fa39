import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_KEY, IPC, type RevealTarget, type TapedeckBridge } from '#contract/bridge.ts';
import type { Push } from '#contract/pushes.ts';

let pushListener: ((pushes: readonly Push[]) => void) | null = null;
let closedListener: (() => void) | null = null;
let revealListener: ((target: RevealTarget) => void) | null = null;
/** A click that opened this window arrives before the page can listen. */
let waitingReveal: RevealTarget | null = null;

ipcRenderer.on(IPC.hubPushes, (_event, pushes: readonly Push[]) => {
  pushListener?.(pushes);
  ipcRenderer.send(IPC.hubTaken);
});
ipcRenderer.on(IPC.hubClosed, () => closedListener?.());
ipcRenderer.on(IPC.reveal, (_event, target: RevealTarget) => {
  if (revealListener) revealListener(target);
  else waitingReveal = target;
});

const bridge: TapedeckBridge = {
  call: (event, payload) => ipcRenderer.invoke(IPC.hubCall, event, payload),
  open(onPushes, onClosed) {
    pushListener = onPushes;
    closedListener = onClosed;
    ipcRenderer.send(IPC.hubOpen);
  },
  onReveal(listener) {
    revealListener = listener;
    if (waitingReveal) listener(waitingReveal);
    waitingReveal = null;
  },
  speak: (language) => ipcRenderer.send(IPC.language, language),
};

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge);
