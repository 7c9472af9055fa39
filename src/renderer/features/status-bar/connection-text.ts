import type { ConnectionState } from '../../client/transport.ts';
import { translator } from '../../i18n/i18n.ts';
import { formatClock } from '../../ui/format.ts';

const t = translator('status-bar');

/** The connection in a sentence, with attempt and next try (rule H5). */
export function connectionText(
  state: ConnectionState,
  now: number,
  silentSince: number | null = null,
): string {
  switch (state.kind) {
    case 'connected':
      return silentSince === null
        ? t('connected')
        : t('silent', { time: formatClock(silentSince) });
    case 'connecting':
      return state.attempt === 0
        ? t('connecting')
        : t('connectingAgain', { attempt: state.attempt });
    case 'stopped':
      return t('disconnected');
    case 'lost':
      return t('lost', { next: nextTry(state, now) });
    case 'refused':
      return t('refused', { reason: refusalText(state.code), next: nextTry(state, now) });
  }
}

function nextTry(
  { nextTryTime, attempt }: { nextTryTime: number | null; attempt: number },
  now: number,
): string {
  if (nextTryTime === null) return t('notRetrying');
  const seconds = Math.max(0, Math.ceil((nextTryTime - now) / 1_000));
  return t('retryingIn', { seconds, attempt });
}

function refusalText(code: string): string {
  switch (code) {
    case 'unauthorized':
      return t('refusal.unauthorized');
    case 'replaced':
      return t('refusal.replaced');
    case 'shutting_down':
      return t('refusal.shuttingDown');
    case 'protocol_mismatch':
      return t('refusal.protocolMismatch');
    default:
      return t('refusal.other', { code });
  }
}
