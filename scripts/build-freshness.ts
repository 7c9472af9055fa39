import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build reads. */
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
/** What it writes, one file of each of its parts. */
const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
/** Tests stand beside the source, but are not built. */
const NOT_BUILT = /[.]test[.]tsx?$/;

/** Whether every part of the build is there and newer than all that it was built from. */
export function isBuildFresh(root: string): boolean {
  const oldestOutput = Math.min(...OUTPUTS.map((path) => modifiedTime(join(root, path)) ?? 0));
  return SOURCES.every((path) => newestTime(join(root, path)) <= oldestOutput);
}

/** Of the file, or of all files and folders in it: a folder changes when a file in it is removed. */
function newestTime(path: string): number {
  if (NOT_BUILT.test(path)) return 0;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestTime(join(path, name))),
    stats.mtimeMs,
  );
}

function modifiedTime(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
