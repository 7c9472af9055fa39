import { useConnection } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatBytes, formatCompact, formatLag, NOTHING } from '../../ui/format.ts';
import { ConnectionIndicator } from './connection-indicator.tsx';
import styles from './status-bar.module.css';

const cx = bindClassNames(styles);

interface FigureProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly title: string;
}

const Figure = ({ label, value, title }: FigureProps) => (
  <span className={cx('figure')} title={title}>
    <span className={cx('label')}>{label}</span> {value ?? NOTHING}
  </span>
);

export function StatusBar() {
  const metrics = useConnection((state) => state.metrics);
  const version = useConnection((state) => state.info?.version);
  const rejected = useConnection((state) => state.rejectedPushes);
  const latency = metrics === null ? undefined : formatLag(metrics.latencyP95);
  const delay = metrics === null ? undefined : formatLag(metrics.eventLoopDelayP99);
  const tape =
    metrics === null
      ? undefined
      : `${formatCount(metrics.tapeTrades)} trades, ${formatBytes(metrics.tapeBytes)}`;
  return (
    <footer className={cx('bar')}>
      <ConnectionIndicator />
      <span className={cx('figures')}>
        {rejected > 0 && (
          <Figure label="not understood" value={String(rejected)} title="Messages of the hub" />
        )}
        <Figure label="clients" value={metrics?.connections.toString()} title="Of the hub" />
        <Figure
          label="msg/s"
          value={metrics === null ? undefined : Math.round(metrics.messagesPerSecond).toString()}
          title="Messages that the hub sends"
        />
        <Figure label="p95" value={latency} title="From publication to sending, 95th percentile" />
        <Figure label="loop" value={delay} title="Event-loop delay of the hub, 99th percentile" />
        <Figure label="tape" value={tape} title="Recorded" />
        <Figure label="Tapedeck" value={version} title="Version" />
      </span>
    </footer>
  );
}

const formatCount = (count: number): string =>
  count < 10_000 ? String(count) : formatCompact(count);
