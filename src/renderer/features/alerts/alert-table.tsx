import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import { formatTime, NOTHING } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { SeverityBadge } from './severity-badge.tsx';
import { useAlertWords } from './use-alert-words.ts';

const DAY_CHECK_MS = 60_000;

interface AlertTableProps {
  readonly label: string;
  readonly alerts: readonly Alert[];
  readonly testId: string;
}

/** Alerts with their times, firing or over. */
export function AlertTable({ label, alerts, testId }: AlertTableProps) {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const now = useNow(DAY_CHECK_MS);
  const columns: readonly Column[] = [
    { key: 'fired', label: t('column.fired') },
    { key: 'over', label: t('column.over') },
    { key: 'severity', label: t('column.severity') },
    { key: 'rule', label: t('column.rule') },
    { key: 'subject', label: t('column.subject') },
    { key: 'what', label: t('column.condition'), only: 'medium' },
    { key: 'value', label: t('column.value'), align: 'end' },
  ];
  const over = ({ isTest, resolvedTime }: Alert): string => {
    if (isTest) return t('status.test');
    return resolvedTime === null ? t('status.firing') : formatTime(resolvedTime, now);
  };
  return (
    <Table label={label} columns={columns} testId={testId}>
      {alerts.map((alert) => (
        <Row key={alert.id} testId="alert-row">
          <Cell tone="dim">{formatTime(alert.firedTime, now)}</Cell>
          <Cell tone="dim">{over(alert)}</Cell>
          <Cell>
            <SeverityBadge severity={alert.severity} />
          </Cell>
          <Cell tone="strong" isName title={words.ruleName(alert.ruleName)}>
            {words.ruleName(alert.ruleName)}
          </Cell>
          <Cell>{words.subject(alert)}</Cell>
          <Cell only="medium" tone="dim">
            {words.condition(alert.condition)}
          </Cell>
          <Cell align="end">{alert.isTest ? NOTHING : words.measured(alert)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
