import { useTranslation } from 'react-i18next';
import { useConnection } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './banner.module.css';

const cx = bindClassNames(styles);

/** Over the panels, as long as it lasts: what is seen is true, and is not kept. */
export function StorageBanner() {
  const { t } = useTranslation('status-bar');
  const say = useHubWords();
  const isConnected = useConnection(({ connection }) => connection.kind === 'connected');
  const ledger = useConnection(({ metrics }) => metrics?.ledgerFailure ?? null);
  const tape = useConnection(({ metrics }) => metrics?.tapeFailure ?? null);
  const reason = ledger ?? tape;
  if (!isConnected || reason === null) return null;
  return (
    <div className={cx('banner', 'grave')} role="alert" data-testid="storage-banner">
      <strong>{t(ledger === null ? 'storage.tape' : 'storage.ledger')}</strong>
      <span className={cx('note')} title={say(reason)}>
        {say(reason)}
      </span>
    </div>
  );
}
