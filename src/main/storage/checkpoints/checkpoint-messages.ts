/** What the thread that moves write-ahead logs is told at its birth. */
export interface CheckpointBirth {
  /** The databases, which are there already. */
  readonly paths: readonly string[];
  readonly pace: CheckpointPace;
}

/** How often logs are looked for: after a long one the next sooner, before the writer has to see to it. */
export interface CheckpointPace {
  readonly idleMs: number;
  readonly busyMs: number;
}

/** What could not be moved, and why: the next try may do it. */
export interface CheckpointFault {
  readonly path: string;
  readonly reason: string;
}
