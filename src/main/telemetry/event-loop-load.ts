import { performance } from 'node:perf_hooks';

/** Gives, each time it is called, the share of the time since the last call that the event loop was busy. */
export function createEventLoopLoad(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
