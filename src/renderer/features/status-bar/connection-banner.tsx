import { useTranslation } from 'react-i18next';
import { useConnection, useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './banner.module.css';
import { Countdown } from './connection-indicator.tsx';

const cx = bindClassNames(styles);

/** Over the panels, so that nothing moves: what is shown is not live, and what is done about it. */
export function ConnectionBanner() {
  const { t } = useTranslation('status-bar');
  const client = useHubClient();
  const isTroubled = useConnection(
    ({ connection: { kind }, silentSince }) =>
      kind === 'lost' || kind === 'refused' || (kind === 'connected' && silentSince !== null),
  );
  const isRetrying = useConnection(
    ({ connection }) => connection.kind === 'connecting' && connection.attempt > 0,
  );
  if (!isTroubled && !isRetrying) return null;
  return (
    <div className={cx('banner')} data-testid="connection-banner">
      <strong>
        <Countdown />
      </strong>
      <span className={cx('note')}>{t('banner.note')}</span>
      <Button disabled={!isTroubled} onClick={() => client.retryNow()}>
        {t('banner.retry')}
      </Button>
    </div>
  );
}
