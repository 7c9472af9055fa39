import { useTranslation } from 'react-i18next';
import { useConnection } from '../../app/app-context.ts';
import { isHubHeard } from '../../stores/connection-store.ts';
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
  const isHeard = useConnection(isHubHeard);
  const said = isHeard ? 'connected' : connection.kind === 'connected' ? 'silent' : 'lost';
  return (
    <span
      className={cx('indicator', !isHeard && 'lost')}
      data-testid="connection-state"
      data-state={connection.kind}
    >
      <span className={cx('dot', isHeard ? 'live' : 'troubled')} aria-hidden="true" />
      {isHeard ? t('connected') : <Countdown />}
      <LiveText text={t(`said.${said}`)} />
    </span>
  );
}

/** Renders by the clock only while there is something to count. */
export function Countdown() {
  useTranslation('status-bar');
  const connection = useConnection((state) => state.connection);
  const silentSince = useConnection((state) => state.silentSince);
  const now = useNow(COUNTDOWN_MS);
  return <span>{connectionText(connection, now, silentSince)}</span>;
}
