import { useTranslation } from 'react-i18next';
import { useConnection } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './connection-indicator.module.css';
import { connectionText } from './connection-text.ts';

const cx = bindClassNames(styles);

const COUNTDOWN_MS = 250;

export function ConnectionIndicator() {
  const { t } = useTranslation('status-bar');
  const connection = useConnection((state) => state.connection);
  const isConnected = connection.kind === 'connected';
  return (
    <span
      className={cx('indicator', !isConnected && 'lost')}
      data-testid="connection-state"
      data-state={connection.kind}
    >
      <span className={cx('dot', isConnected ? 'live' : 'troubled')} aria-hidden="true" />
      {isConnected ? t('connected') : <Countdown />}
      <LiveText text={t(isConnected ? 'said.connected' : 'said.lost')} />
    </span>
  );
}

/** Renders by the clock only while there is something to count. */
export function Countdown() {
  useTranslation('status-bar');
  const connection = useConnection((state) => state.connection);
  const now = useNow(COUNTDOWN_MS);
  return <span>{connectionText(connection, now)}</span>;
}
