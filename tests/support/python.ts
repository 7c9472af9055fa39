import { execFileSync } from 'node:child_process';

/** Debian's own, for which python3-socketio is packaged. */
export const PYTHON = '/usr/bin/python3';

export const hasPythonClient = hasSocketIo();
export const needsPythonClient = hasPythonClient
  ? ''
  : ' (left out: apt-get install python3-socketio python3-requests python3-websocket)';

function hasSocketIo(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import socketio, requests, websocket'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
