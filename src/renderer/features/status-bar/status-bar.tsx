import { useTranslation } from 'react-i18next';
import { useConnection } from '../../app/app-context.ts';
import { isHubHeard, otherVersion } from '../../stores/connection-store.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatBytes, formatCompact, formatLag, NOTHING } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ConnectionIndicator } from './connection-indicator.tsx';
import styles from './status-bar.module.css';

const cx = bindClassNames(styles);

type FigureName = 'rejected' | 'clients' | 'rate' | 'latency' | 'loop' | 'tape' | 'version';

interface FigureProps {
  readonly name: FigureName;
  readonly value: string | undefined;
}

function Figure({ name, value }: FigureProps) {
  const { t } = useTranslation('status-bar');
  return (
    <span className={cx('figure', name === 'tape' && 'wide')} title={t(`figures.${name}.title`)}>
      <span className={cx('label')}>{t(`figures.${name}.label`)}</span> {value ?? NOTHING}
    </span>
  );
}

export function StatusBar() {
  const { t } = useTranslation('status-bar');
  // What was measured before a hub was lost or fell silent says nothing of it now.
  const metrics = useConnection((state) => (isHubHeard(state) ? state.metrics : null));
  const pageVersion = useConnection((state) => state.pageVersion);
  const other = useConnection(otherVersion);
  const rejected = useConnection((state) => state.rejectedPushes);
  const latency = metrics === null ? undefined : formatLag(metrics.latencyP95);
  const delay = metrics === null ? undefined : formatLag(metrics.eventLoopDelayP99);
  const rate = metrics === null ? undefined : Math.round(metrics.messagesPerSecond).toString();
  const tape =
    metrics === null
      ? undefined
      : t('tapeSize', {
          count: metrics.tapeTrades,
          amount: formatCount(metrics.tapeTrades),
          bytes: formatBytes(metrics.tapeBytes),
        });
  return (
    <footer className={cx('bar')}>
      <ConnectionIndicator />
      <span className={cx('figures')}>
        {rejected > 0 && <Figure name="rejected" value={String(rejected)} />}
        <Figure name="clients" value={metrics?.connections.toString()} />
        <Figure name="rate" value={rate} />
        <Figure name="latency" value={latency} />
        <Figure name="loop" value={delay} />
        <Figure name="tape" value={tape} />
        <Figure name="version" value={pageVersion ?? undefined} />
        {other !== null && (
          <span className={cx('wide')}>
            <LinkButton testId="reload-page" onClick={() => location.reload()}>
              {t('outdated.reload', { version: other })}
            </LinkButton>
          </span>
        )}
      </span>
    </footer>
  );
}

const formatCount = (count: number): string =>
  count < 10_000 ? String(count) : formatCompact(count);
