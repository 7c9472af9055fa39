/**
 * What a strategy has no use for, or what would make a run differ from the next one. It keeps honest
 * code honest: a thread is no sandbox against malice, and the documentation says so.
 */
const HIDDEN = [
  'process',
  'fetch',
  'WebSocket',
  'EventSource',
  'BroadcastChannel',
  'Worker',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'navigator',
  'localStorage',
  'sessionStorage',
] as const;

export function hideGlobals(): void {
  for (const name of HIDDEN) {
    Object.defineProperty(globalThis, name, { value: undefined, configurable: false });
  }
}

/** Makes `new Date()` and `Date.now()` tell the market's time. */
export function tellMarketTime(now: () => number): void {
  const MachineDate = Date;
  const MarketDate = new Proxy(MachineDate, {
    construct: (target, given, self) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, self),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  Object.defineProperty(globalThis, 'Date', { value: MarketDate });
}
