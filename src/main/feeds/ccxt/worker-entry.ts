/**
 * Where the worker begins: beside this file when Tapedeck runs from its source, beside the bundle of
 * the main process in the packaged application (`electron.vite.config.ts` names it so).
 */
export const WORKER_ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./ccxt-worker.js', import.meta.url);
