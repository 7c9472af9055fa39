/** What a page's probe has seen since it was begun. */
export interface PaintReading {
  /** Of each trade on the tape: from when it was due at the feed until its frame was drawn, ms. */
  readonly drawnMs: readonly number[];
  /** The same until the next frame began: it is on screen by then. */
  readonly shownMs: readonly number[];
  /** Tasks of more than 50 ms. */
  readonly longTasksMs: readonly number[];
  /** How much later the newest trade on the tape was due than the one at the beginning. */
  readonly marketMs: number;
}

declare global {
  interface Window {
    paintProbe: { begin(): void; read(): PaintReading };
  }
}

/**
 * Runs in the page before its own scripts. It looks at what stands in the tape's rows, not at what
 * the page has received: a trade's id tells when it was due, in so many ids a millisecond.
 *
 * A row that is written in a frame's callbacks is drawn by that frame, one that is written between
 * frames by the next. A frame is drawn when a task gets its turn that was posted in its callbacks.
 */
export function installPaintProbe(idsAMs: number): void {
  let drawnMs: number[] = [];
  let shownMs: number[] = [];
  let longTasksMs: number[] = [];
  let begunMs = Number.POSITIVE_INFINITY;
  let lastId = 0;
  let begunId = 0;
  let tape: Element | null = null;
  let isInFrame = false;
  const wallMs = () => performance.timeOrigin + performance.now();

  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = (callback) =>
    requestAnimationFrame((time) => {
      isInFrame = true;
      try {
        callback(time);
      } finally {
        // After what the callback's changes have queued, the probe's own turn among it.
        queueMicrotask(() => {
          isInFrame = false;
        });
      }
    });

  /** Due times of the rows that are new, as the newest stand first. */
  const newRows = (): number[] => {
    const ids: number[] = [];
    for (const row of tape?.querySelectorAll('[data-trade-id]') ?? []) {
      const id = Number(row.getAttribute('data-trade-id'));
      if (id <= lastId) break;
      ids.push(id);
    }
    lastId = Math.max(lastId, ...ids);
    return ids.map((id) => Math.floor(id / idsAMs)).filter((due) => due >= begunMs);
  };
  const onDrawn = (work: () => void) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = work;
    channel.port2.postMessage(null);
  };
  const note = (times: number[], due: readonly number[]) => {
    const now = wallMs();
    times.push(...due.map((dueMs) => now - dueMs));
  };
  const observer = new MutationObserver(() => {
    const due = newRows();
    if (due.length === 0) return;
    const inFrame = () => {
      onDrawn(() => note(drawnMs, due));
      requestAnimationFrame(() => note(shownMs, due));
    };
    if (isInFrame) inFrame();
    else requestAnimationFrame(inFrame);
  });
  const watch = () => {
    tape = document.querySelector('[data-testid="tape-viewport"]');
    if (tape === null) {
      requestAnimationFrame(watch);
      return;
    }
    const attributeFilter = ['data-trade-id'];
    observer.observe(tape, { attributeFilter, childList: true, subtree: true });
  };
  watch();
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (performance.timeOrigin + startTime >= begunMs) longTasksMs.push(duration);
    }
  }).observe({ type: 'longtask' });

  window.paintProbe = {
    begin: () => {
      begunMs = wallMs();
      begunId = lastId;
      drawnMs = [];
      shownMs = [];
      longTasksMs = [];
    },
    read: () => ({ drawnMs, shownMs, longTasksMs, marketMs: (lastId - begunId) / idsAMs }),
  };
}
