import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FETCH_DEADLINE_MS = 120_000;

/** Where the `electron` package looks for its runtime; null if it is not there. */
export function findElectron(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = environment;
  if (!override && name === null) return null;
  const executable = join(override || join(folder, 'dist'), name ?? 'electron');
  return existsSync(executable) ? executable : null;
}

/** Fetches the runtime with the package's own installer. Whether it came, within two minutes. */
export function fetchElectron(root: string): Promise<boolean> {
  return new Promise((resolve) => {
    const installer = join(root, 'node_modules/electron/install.js');
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: FETCH_DEADLINE_MS,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
