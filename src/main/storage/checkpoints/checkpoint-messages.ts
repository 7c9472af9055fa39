/** What the thread that moves write-ahead logs is told at its birth. */
export interface CheckpointBirth {
  /** The databases, which are there already. */
  readonly paths: readonly string[];
}

/** What could not be moved, and why: the next try may do it. */
export interface CheckpointFault {
  readonly path: string;
  readonly reason: string;
}
