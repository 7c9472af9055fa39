import { useTranslation } from 'react-i18next';
import type { AlertLabel } from '#domain/alert.ts';
import { useActions, useAlerts } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useCommand } from '../../ui/use-command.ts';
import styles from './alerts.module.css';
import { CommandError } from './command-error.tsx';
import { useSilences } from './use-silences.ts';

const cx = bindClassNames(styles);

/** What is silenced, until when, and its end before that. */
export function Silences() {
  const { t } = useTranslation('alerts');
  const { silences, now } = useSilences();
  const rules = useAlerts((state) => state.rules);
  const { alerts } = useActions();
  const { error, run } = useCommand();
  if (silences.length === 0) return <EmptyState text={t('silence.empty')} />;
  const columns: readonly Column[] = [
    { key: 'matchers', label: t('column.matchers') },
    { key: 'comment', label: t('column.comment') },
    { key: 'until', label: t('column.until'), align: 'end' },
    { key: 'actions', label: t('column.actions') },
  ];
  const nameOf = (label: string, value: string): string =>
    label === 'rule' ? (rules?.find(({ id }) => id === value)?.name ?? value) : value;
  return (
    <div className={cx('list')}>
      <CommandError error={error} />
      <Table label={t('tabs.silences')} columns={columns} testId="silences">
        {silences.map((silence) => {
          const { id, matchers, comment, endTime } = silence;
          return (
            <Row key={id} testId="silence-row">
              <Cell isText>
                {(Object.entries(matchers) as [AlertLabel, string][])
                  .map(([label, value]) => `${t(`label.${label}`)} = ${nameOf(label, value)}`)
                  .join(', ')}
              </Cell>
              <Cell tone="dim" isText>
                {comment}
              </Cell>
              <Cell align="end">{formatTime(endTime, now)}</Cell>
              <Cell>
                <Button
                  variant="quiet"
                  testId="unsilence"
                  onClick={() => void run(() => alerts.unsilence(silence))}
                >
                  {t('silence.end')}
                </Button>
              </Cell>
            </Row>
          );
        })}
      </Table>
    </div>
  );
}
