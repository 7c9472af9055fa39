/** Timers and animation frames that are waiting. */
export interface TimerCount {
  readonly timeouts: number;
  readonly intervals: number;
  readonly frames: number;
}

declare global {
  interface Window {
    countTimers(): TimerCount;
  }
}

/** Runs in the page before its own scripts, and keeps count of what they wait for. */
export function installTimerCensus(): void {
  const waiting = {
    timeouts: new Set<unknown>(),
    intervals: new Set<unknown>(),
    frames: new Set<unknown>(),
  };
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const { requestAnimationFrame, cancelAnimationFrame } = window;
  Object.assign(window, {
    setTimeout: (callback: TimerHandler, delayMs?: number, ...args: unknown[]) => {
      const run = (...given: unknown[]) => {
        waiting.timeouts.delete(id);
        if (typeof callback === 'function') callback(...given);
      };
      const id = setTimeout(run, delayMs, ...args);
      waiting.timeouts.add(id);
      return id;
    },
    setInterval: (callback: TimerHandler, periodMs?: number, ...args: unknown[]) => {
      const id = setInterval(callback, periodMs, ...args);
      waiting.intervals.add(id);
      return id;
    },
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      const id = requestAnimationFrame((time) => {
        waiting.frames.delete(id);
        callback(time);
      });
      waiting.frames.add(id);
      return id;
    },
    cancelAnimationFrame: (id: number) => {
      waiting.frames.delete(id);
      cancelAnimationFrame(id);
    },
    // Either call ends either kind, as the standard has it.
    clearTimeout: (id?: number) => forget(id, clearTimeout),
    clearInterval: (id?: number) => forget(id, clearInterval),
  });
  const forget = (id: number | undefined, clear: (id?: number) => void) => {
    waiting.timeouts.delete(id);
    waiting.intervals.delete(id);
    clear(id);
  };
  window.countTimers = () => ({
    timeouts: waiting.timeouts.size,
    intervals: waiting.intervals.size,
    frames: waiting.frames.size,
  });
}
