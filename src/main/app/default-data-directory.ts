import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Tapedeck keeps its data unless told otherwise: the platform's place for application data. */
export function defaultDataDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = environment['TAPEDECK_DATA_DIR'];
  if (named) return named;
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'tapedeck');
  }
  if (platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'tapedeck');
  }
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'tapedeck');
}
