import { useTranslation } from 'react-i18next';
import { useConnection } from './app-context.ts';

/** Why nothing can be asked of the hub, for a button that waits for it; null while it is there. */
export function useUnreachable(): string | null {
  const { t } = useTranslation('feeds');
  const isConnected = useConnection(({ connection }) => connection.kind === 'connected');
  return isConnected ? null : t('notLive.offline.detail');
}
