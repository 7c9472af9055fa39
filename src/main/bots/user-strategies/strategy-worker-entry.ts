/**
 * Where the thread begins: beside this file when Tapedeck runs from its source, beside the bundle of
 * the main process in the packaged application (`electron.vite.config.ts` names it so).
 */
export const STRATEGY_WORKER_ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./strategy-worker.js', import.meta.url);
