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

const ARRAYS = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;
const BYTES_A_MB = 1_048_576;

/**
 * Refuses one array that alone is more than a thread may take: while it is made and filled nobody can look
 * at the thread. Of many smaller ones it is noticed from outside.
 */
export function boundArrays(mostMb: number): void {
  for (const name of ARRAYS) {
    const make: unknown = Reflect.get(globalThis, name);
    // Which kinds there are differs with the runtime.
    if (typeof make !== 'function') continue;
    const bytesEach = Number(Reflect.get(make, 'BYTES_PER_ELEMENT') ?? 1);
    const value = new Proxy(make, {
      construct(target, given: unknown[], self) {
        const [length] = given;
        const megabytes = typeof length === 'number' ? (length * bytesEach) / BYTES_A_MB : 0;
        if (megabytes <= mostMb) return Reflect.construct(target, given, self);
        const size = Math.ceil(megabytes);
        throw new RangeError(`${name} of ${size} MB: a strategy may take ${mostMb} MB of memory`);
      },
    });
    Object.defineProperty(globalThis, name, { value });
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
