import type { ConnectionState } from '../../client/transport.ts';

/** The connection in a sentence, with attempt and next try (rule H5). */
export function connectionText(state: ConnectionState, now: number): string {
  switch (state.kind) {
    case 'connected':
      return 'Connected';
    case 'connecting':
      return state.attempt === 0 ? 'Connecting' : `Connecting (attempt ${state.attempt})`;
    case 'stopped':
      return 'Disconnected';
    case 'lost':
      return `Connection lost, ${nextTry(state, now)}`;
    case 'refused':
      return `${refusalText(state.code)}, ${nextTry(state, now)}`;
  }
}

function nextTry(
  { nextTryTime, attempt }: { nextTryTime: number | null; attempt: number },
  now: number,
) {
  if (nextTryTime === null) return 'not retrying by itself';
  const seconds = Math.max(0, Math.ceil((nextTryTime - now) / 1_000));
  return `retrying in ${seconds} s (attempt ${attempt})`;
}

function refusalText(code: string): string {
  if (code === 'unauthorized') {
    return 'Not signed in: open the address that the monitor printed, or a fresh one by “token open”';
  }
  if (code === 'replaced') return 'This user opened Tapedeck elsewhere';
  if (code === 'shutting_down') return 'The monitor was shut down';
  if (code === 'protocol_mismatch') return 'The monitor is of another version: reload this page';
  return `The monitor refused the connection (${code})`;
}
