import { useTranslation } from 'react-i18next';
import type { PushPayload } from '#contract/pushes.ts';
import { useConnection, useMarket } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/duration.ts';
import { formatBytes, formatCompact, formatLag, NOTHING } from '../../ui/format.ts';
import { StrategyProblems } from '../bots/strategy-problems.tsx';
import { useStrategies } from '../bots/use-strategies.ts';
import styles from './health.module.css';

const cx = bindClassNames(styles);

type Metrics = PushPayload<'metrics'>;
type Tone = 'bad' | 'warn' | undefined;

/** What the event loop may be late by before one notices, and before nothing is on time any more. */
const SLOW_LOOP_MS = 100;
const BLOCKED_LOOP_MS = 1_000;
/** Freshness that a trader would not call fresh any more. */
const SLOW_HUB_MS = 250;

function loopTone(delayMs: number): Tone {
  if (delayMs >= BLOCKED_LOOP_MS) return 'bad';
  return delayMs >= SLOW_LOOP_MS ? 'warn' : undefined;
}

/** The newest reading, in groups; each figure says what it is when it is pointed at. */
export function OverviewView() {
  const { t } = useTranslation('health');
  const metrics = useConnection((state) => state.metrics);
  if (metrics === null) return <p className={cx('note')}>{t('waiting')}</p>;
  return (
    <div className={cx('groups')} data-testid="health-overview">
      <StrategyFiles />
      <HubGroup metrics={metrics} />
      <ProcessGroup metrics={metrics} />
      <WorkersGroup metrics={metrics} />
      <DiskGroup metrics={metrics} />
      <FeedsGroup metrics={metrics} />
    </div>
  );
}

interface GroupProps {
  readonly metrics: Metrics;
}

/** Nothing while all of the user's files can be used. */
function StrategyFiles() {
  const { t } = useTranslation('health');
  const { problems } = useStrategies();
  if (problems.length === 0) return null;
  return (
    <section className={cx('wide')} aria-label={t('groups.strategies')}>
      <h3 className={cx('heading')}>{t('groups.strategies')}</h3>
      <StrategyProblems problems={problems} />
    </section>
  );
}

function HubGroup({ metrics }: GroupProps) {
  const { t } = useTranslation('health');
  const latency = [metrics.latencyP50, metrics.latencyP95, metrics.latencyP99].map(formatLag);
  return (
    <Group title={t('groups.hub')}>
      <Figure name="connections" value={count(metrics.connections)} />
      <Figure name="subscriptions" value={count(metrics.subscriptions)} />
      <Figure name="rooms" value={count(metrics.rooms)} />
      <Figure name="rate" value={count(Math.round(metrics.messagesPerSecond))} />
      <Figure
        name="latency"
        value={latency.join(' / ')}
        tone={metrics.latencyP99 >= SLOW_HUB_MS ? 'warn' : undefined}
      />
      <Figure name="window" value={formatLag(metrics.conflationWindowMs)} />
      <Figure name="reconnections" value={count(metrics.reconnections)} />
      <Figure name="recovered" value={count(metrics.recovered)} />
      <Figure
        name="dropped"
        value={count(metrics.dropped)}
        tone={metrics.dropped > 0 ? 'warn' : undefined}
      />
      <Figure name="errors" value={count(metrics.errors)} />
    </Group>
  );
}

function ProcessGroup({ metrics }: GroupProps) {
  const { t } = useTranslation('health');
  const delays = [metrics.eventLoopDelayP50, metrics.eventLoopDelayP99].map(formatLag);
  return (
    <Group title={t('groups.process')}>
      <Figure name="loop" value={delays.join(' / ')} tone={loopTone(metrics.eventLoopDelayP99)} />
      <Figure name="cpu" value={t('ofACore', { percent: Math.round(metrics.cpu * 100) })} />
      <Figure name="memory" value={formatBytes(metrics.memory)} />
      <Figure name="uptime" value={formatDuration(metrics.uptime)} />
    </Group>
  );
}

/** The threads beside the main one: how many run, and what became of others. */
function WorkersGroup({ metrics: { exchangeWorker, threads } }: GroupProps) {
  const { t } = useTranslation('health');
  const died = sumOf([threads.strategy.died, threads.backtest.died, threads.tape.died]);
  const deaths = exchangeWorker.deaths + died;
  const running = (amount: number) =>
    amount === 0 ? t('worker.idle') : t('worker.amount', { count: amount });
  return (
    <Group title={t('groups.workers')}>
      <Figure
        name="worker"
        value={t(exchangeWorker.isRunning ? 'worker.running' : 'worker.idle')}
      />
      <Figure name="strategyWorkers" value={running(threads.strategy.running)} />
      <Figure name="backtestWorkers" value={running(threads.backtest.running)} />
      <Figure name="tapeWorkers" value={running(threads.tape.running)} />
      <Figure name="workerDeaths" value={count(deaths)} tone={deaths > 0 ? 'warn' : undefined} />
    </Group>
  );
}

function DiskGroup({ metrics }: GroupProps) {
  const { t } = useTranslation('health');
  return (
    <Group title={t('groups.disk')}>
      <Figure name="tapeTrades" value={count(metrics.tapeTrades)} />
      <Figure name="tapeBytes" value={formatBytes(metrics.tapeBytes)} />
      <Figure name="tapePending" value={count(metrics.tapePending)} />
      <Figure name="ledgerBytes" value={formatBytes(metrics.ledgerBytes)} />
      {metrics.tapeFailure !== null && (
        <Figure name="tapeFailure" value={metrics.tapeFailure} tone="bad" />
      )}
      {metrics.ledgerFailure !== null && (
        <Figure name="ledgerFailure" value={metrics.ledgerFailure} tone="bad" />
      )}
    </Group>
  );
}

function FeedsGroup(_: GroupProps) {
  const { t } = useTranslation('health');
  const feeds = useMarket((state) => state.feeds);
  const isDown = (kind: string) => kind !== 'live' && kind !== 'closed' && kind !== 'ended';
  const down = feeds.filter(({ state }) => isDown(state.kind)).length;
  const sum = (of: (feed: (typeof feeds)[number]) => number) => sumOf(feeds.map(of));
  return (
    <Group title={t('groups.feeds')}>
      <Figure name="feeds" value={count(feeds.length)} />
      <Figure name="feedsDown" value={count(down)} tone={down > 0 ? 'warn' : undefined} />
      <Figure name="tradesPerMinute" value={count(sum((feed) => feed.tradesPerMinute))} />
      <Figure name="feedReconnects" value={count(sum((feed) => feed.reconnects))} />
      <Figure name="rejected" value={count(sum((feed) => feed.rejected))} />
    </Group>
  );
}

const sumOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const EXACT_UP_TO = 100_000;
const count = (value: number): string =>
  value < EXACT_UP_TO ? String(Math.round(value)) : formatCompact(value);

interface GroupFrameProps {
  readonly title: string;
  readonly children: React.ReactNode;
}

const Group = ({ title, children }: GroupFrameProps) => (
  <section className={cx('group')} aria-label={title}>
    <h3 className={cx('heading')}>{title}</h3>
    <dl className={cx('figures')}>{children}</dl>
  </section>
);

type FigureName = keyof typeof import('../../i18n/en/health.json')['figures'];

interface FigureProps {
  readonly name: FigureName;
  readonly value: string | undefined;
  readonly tone?: Tone;
}

function Figure({ name, value, tone }: FigureProps) {
  const { t } = useTranslation('health');
  return (
    <div className={cx('figure', tone)} title={t(`figures.${name}.title`)}>
      <dt>{t(`figures.${name}.label`)}</dt>
      <dd data-testid={`health-${name}`}>{value ?? NOTHING}</dd>
    </div>
  );
}
