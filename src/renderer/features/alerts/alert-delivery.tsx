import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestResult } from '#contract/requests.ts';
import type { AlertPolicy } from '#domain/alert.ts';
import { useInspection } from '../../app/use-inspection.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { useHubBook, useHubWords } from '../../i18n/hub-words.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './alerts.module.css';
import { CommandError } from './command-error.tsx';
import { usePolicyWords } from './use-policy-words.ts';

const cx = bindClassNames(styles);
/** A delivery is seen this late at most. */
const REFRESH_MS = 2_000;
const DAY_CHECK_MS = 60_000;

type Delivery = RequestResult<'alerts.deliveries'>['deliveries'][number];

async function askForDelivery(client: HubClient) {
  const [policy, log] = await Promise.all([
    client.request('alerts.getPolicy'),
    client.request('alerts.deliveries'),
  ]);
  if (!policy.ok) return policy;
  return log.ok
    ? { ok: true as const, value: { policy: policy.value, deliveries: log.value.deliveries } }
    : log;
}

/** How the user is told of alerts, and each attempt to: what went out where, and what failed. */
export function AlertDelivery({ onEdit }: { readonly onEdit: (policy: AlertPolicy) => void }) {
  const { t } = useTranslation('alerts');
  const words = usePolicyWords();
  const { answer, error } = useInspection(askForDelivery, REFRESH_MS);
  const [onlyFailed, setOnlyFailed] = useState(false);
  if (answer === null) {
    return error === null ? (
      <EmptyState text={t('delivery.loading')} />
    ) : (
      <CommandError error={error} />
    );
  }
  const { policy, deliveries } = answer;
  const failed = deliveries.filter((delivery) => delivery.error !== null);
  return (
    <div className={cx('list')}>
      <CommandError error={error} />
      <div className={cx('bar')}>
        <p className={cx('policy')} data-testid="policy-words">
          {words.sentences(policy).join(' ')}
        </p>
        <label className={cx('check')}>
          <input
            type="checkbox"
            checked={onlyFailed}
            data-testid="only-failed"
            onChange={({ target }) => setOnlyFailed(target.checked)}
          />
          {t('delivery.onlyFailed', { count: failed.length })}
        </label>
        <Button testId="policy-edit" onClick={() => onEdit(policy)}>
          {t('policy.edit')}
        </Button>
      </div>
      <DeliveryTable deliveries={onlyFailed ? failed : deliveries} onlyFailed={onlyFailed} />
    </div>
  );
}

interface DeliveryTableProps {
  readonly deliveries: readonly Delivery[];
  readonly onlyFailed: boolean;
}

function DeliveryTable({ deliveries, onlyFailed }: DeliveryTableProps) {
  const { t } = useTranslation('alerts');
  const words = useHubWords();
  const book = useHubBook();
  const now = useNow(DAY_CHECK_MS);
  if (deliveries.length === 0) {
    return <EmptyState text={t(onlyFailed ? 'delivery.noneFailed' : 'delivery.empty')} />;
  }
  const columns: readonly Column[] = [
    { key: 'time', label: t('column.time') },
    { key: 'route', label: t('column.route') },
    { key: 'reason', label: t('column.reason') },
    { key: 'what', label: t('column.what') },
    { key: 'alerts', label: t('column.alerts'), align: 'end', only: 'medium' },
    { key: 'result', label: t('column.result') },
  ];
  return (
    <Table label={t('tabs.delivery')} columns={columns} testId="deliveries">
      {deliveries.map(({ id, time, routeId, reason, title, alertIds, error }) => (
        <Row key={id} testId="delivery-row">
          <Cell tone="dim">{formatTime(time, now)}</Cell>
          <Cell>{routeId === 'inApp' ? t('route.inApp') : routeId}</Cell>
          <Cell>{t(`reason.${reason}`)}</Cell>
          <Cell tone="strong" isText>
            {book.sayTitle(title)}
          </Cell>
          <Cell align="end" only="medium">
            {alertIds.length}
          </Cell>
          {error === null ? (
            <Cell tone="dim">{t('delivery.sent')}</Cell>
          ) : (
            <Cell tone="down" isText>
              {t('delivery.failed', { error: words(error) })}
            </Cell>
          )}
        </Row>
      ))}
    </Table>
  );
}
