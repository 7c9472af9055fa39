import { readFileSync } from 'node:fs';

/** What a process has had of the machine since it began, milliseconds. */
export interface CpuShare {
  readonly ranMs: number;
  /** For a processor that others had. Of a waiting that is not over nothing is counted yet. */
  readonly waitedMs: number;
  /** It wants to run at this moment: what it has not got is a processor, not a disk. */
  readonly isRunnable: boolean;
}

const NS_A_MS = 1e6;

/** All zero where the system does not tell. https://docs.kernel.org/scheduler/sched-stats.html */
export function cpuShareOf(pid: number): CpuShare {
  try {
    const [ranNs, waitedNs] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
    // The name in brackets may hold anything; the state stands behind it.
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    return {
      ranMs: (ranNs ?? 0) / NS_A_MS,
      waitedMs: (waitedNs ?? 0) / NS_A_MS,
      isRunnable: state === 'R',
    };
  } catch {
    return { ranMs: 0, waitedMs: 0, isRunnable: false };
  }
}
