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
  const check = (name: string, bytes: number): void => {
    const megabytes = bytes / BYTES_A_MB;
    if (megabytes <= mostMb) return;
    const size = Math.ceil(megabytes);
    throw new RangeError(`${name} of ${size} MB: a strategy may take ${mostMb} MB of memory`);
  };
  for (const name of ARRAYS) {
    const make: unknown = Reflect.get(globalThis, name);
    // Which kinds there are differs with the runtime.
    if (typeof make !== 'function') continue;
    const bytesEach = Number(Reflect.get(make, 'BYTES_PER_ELEMENT') ?? 1);
    const value = new Proxy(make, {
      construct(target, given: unknown[], self) {
        const [length] = given;
        if (typeof length === 'number') check(name, length * bytesEach);
        return Reflect.construct(target, given, self);
      },
    });
    Object.defineProperty(globalThis, name, { value });
  }
  boundGrowth(ArrayBuffer.prototype, ['resize', 'transfer', 'transferToFixedLength'], check);
  boundGrowth(SharedArrayBuffer.prototype, ['grow'], check);
}

/** What makes one that is there larger: it is given the new length in bytes. */
function boundGrowth(
  prototype: object,
  methods: readonly string[],
  check: (name: string, bytes: number) => void,
): void {
  for (const method of methods) {
    const grow: unknown = Reflect.get(prototype, method);
    if (typeof grow !== 'function') continue;
    const value = new Proxy(grow, {
      apply(target, self: unknown, given: unknown[]) {
        check(Object.prototype.toString.call(self).slice('[object '.length, -1), Number(given[0]));
        return Reflect.apply(target, self, given);
      },
    });
    Object.defineProperty(prototype, method, { value });
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
