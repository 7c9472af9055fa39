/**
 * Reads strace's log of a process that trades: whether each fill lay in the write-ahead log, and that
 * was flushed by fdatasync, before its id first went out over a socket.
 */
export class TracedOrder {
  readonly #inLog = new Set<string>();
  readonly #onDisk = new Set<string>();
  readonly #told = new Set<string>();
  #early = 0;
  #flushes = 0;

  takeLine(line: string): void {
    if (line.includes('ledger.db-wal>')) this.#onLog(line);
    else if (SOCKET_WRITE.test(line)) this.#onSocket(line);
    else if (FLUSHED_LATER.test(line)) this.#flush();
  }

  /** `toldEarly` counts the fills that went out before they were on disk. */
  summary(): { flushes: number; fillsOnDisk: number; fillsTold: number; toldEarly: number } {
    return {
      flushes: this.#flushes,
      fillsOnDisk: this.#onDisk.size,
      fillsTold: this.#told.size,
      toldEarly: this.#early,
    };
  }

  #onLog(line: string): void {
    if (line.includes('pwrite64(')) {
      for (const [id] of line.matchAll(FILL_ID)) this.#inLog.add(id);
    } else if (FLUSHED.test(line)) this.#flush();
  }

  #flush(): void {
    this.#flushes += 1;
    for (const id of this.#inLog) this.#onDisk.add(id);
    this.#inLog.clear();
  }

  #onSocket(line: string): void {
    for (const [id] of line.matchAll(FILL_ID)) {
      if (this.#told.has(id)) continue;
      this.#told.add(id);
      if (!this.#onDisk.has(id)) this.#early += 1;
    }
  }
}

/** Of bots that run here: twelve hexadecimal digits, and the fill's number. */
const FILL_ID = /\b[0-9a-f]{12}-f\d+\b/g;
const SOCKET_WRITE = /\b(?:write|writev|sendto|sendmsg)\(\d+<(?:socket|TCP)/;
const FLUSHED = /\b(?:fdatasync|fsync)\(.*= 0$/;
/** Where another thread's line came between its call and its return. */
const FLUSHED_LATER = /<\.\.\. (?:fdatasync|fsync) resumed>.*= 0$/;
