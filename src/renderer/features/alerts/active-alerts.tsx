import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import { silenceOf } from '#domain/alert-matching.ts';
import { useActions, useAlerts, useHubClient } from '../../app/app-context.ts';
import { isFiring } from '../../stores/alert-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './alerts.module.css';
import { SeverityBadge } from './severity-badge.tsx';
import { SilenceMenu } from './silence-menu.tsx';
import { useAlertWords } from './use-alert-words.ts';

const cx = bindClassNames(styles);
/** Ends of silences are seen this late at most. */
const CHECK_MS = 1_000;

/** What fires now, to be acknowledged or silenced where it stands. */
export function ActiveAlerts({ onNewRule }: { readonly onNewRule: () => void }) {
  const { t } = useTranslation('alerts');
  const alerts = useAlerts((state) => state.alerts);
  const firing = useMemo(() => alerts.filter(isFiring), [alerts]);
  const { alerts: commands } = useActions();
  const { isBusy, error, run } = useCommand();
  const unseen = firing.filter(({ acknowledgedTime }) => acknowledgedTime === null).length;
  if (firing.length === 0) {
    const action = <Button onClick={onNewRule}>{t('rule.new')}</Button>;
    return <EmptyState text={t('active.empty')} action={action} />;
  }
  const columns: readonly Column[] = [
    { key: 'severity', label: t('column.severity') },
    { key: 'rule', label: t('column.rule') },
    { key: 'subject', label: t('column.subject') },
    { key: 'what', label: t('column.condition'), only: 'wide' },
    { key: 'value', label: t('column.value'), align: 'end' },
    { key: 'since', label: t('column.since'), align: 'end' },
    { key: 'state', label: t('column.state') },
    { key: 'actions', label: t('column.actions') },
  ];
  return (
    <div className={cx('list')}>
      <div className={cx('bar')}>
        <Button
          testId="acknowledge-all"
          disabled={isBusy || unseen === 0}
          onClick={() => void run(() => commands.acknowledge())}
        >
          {t('active.acknowledgeAll', { count: unseen })}
        </Button>
        <span className={cx('error')} role="alert">
          {error}
        </span>
      </div>
      <Table label={t('tabs.active')} columns={columns} testId="active-alerts">
        {firing.map((alert) => (
          <ActiveRow key={alert.id} alert={alert} run={run} />
        ))}
      </Table>
    </div>
  );
}

interface ActiveRowProps {
  readonly alert: Alert;
  readonly run: ReturnType<typeof useCommand>['run'];
}

function ActiveRow({ alert, run }: ActiveRowProps) {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const now = useNow(CHECK_MS, useHubClient());
  const silences = useAlerts((state) => state.silences);
  const { alerts: commands } = useActions();
  const isSeen = alert.acknowledgedTime !== null;
  const isSilenced = silenceOf(alert.labels, silences, now) !== undefined;
  return (
    <Row testId="active-alert">
      <Cell>
        <SeverityBadge severity={alert.severity} />
      </Cell>
      <Cell tone="strong" isName title={words.ruleName(alert.ruleName)}>
        {words.ruleName(alert.ruleName)}
      </Cell>
      <Cell>{words.subject(alert)}</Cell>
      <Cell only="wide" tone="dim">
        {words.condition(alert.condition)}
      </Cell>
      <Cell align="end">{words.measured(alert)}</Cell>
      <Cell align="end" tone="dim">
        {formatTime(alert.firedTime, now)}
      </Cell>
      <Cell testId="alert-state">
        {t(isSilenced ? 'status.silenced' : isSeen ? 'status.acknowledged' : 'status.firing')}
      </Cell>
      <Cell>
        <span className={cx('actions')}>
          <Button
            variant="quiet"
            testId="acknowledge"
            disabled={isSeen}
            aria-label={t('active.acknowledgeOne', { rule: words.ruleName(alert.ruleName) })}
            onClick={() => void run(() => commands.acknowledge([alert.id]))}
          >
            {t('active.acknowledge')}
          </Button>
          <SilenceMenu alert={alert} run={run} />
        </span>
      </Cell>
    </Row>
  );
}
