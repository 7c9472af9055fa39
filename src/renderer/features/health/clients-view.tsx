import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInspection } from '../../app/use-inspection.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatTime } from '../../ui/format.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import styles from './health.module.css';
import { AS_THEY_CAME, type ClientSorting, nextClientSorting } from './inspection-order.ts';

const cx = bindClassNames(styles);

const REFRESH_MS = 2_000;
/** Of ten thousand clients a page is fetched, not all. */
const PAGE = 100;

/** Who is connected to the hub. */
export function ClientsView() {
  const { t } = useTranslation('health');
  const [search, setSearch] = useState('');
  /** Where each page begins that was gone through to come here; the first begins at the beginning. */
  const [starts, setStarts] = useState<readonly string[]>([]);
  const [sorting, setSorting] = useState<ClientSorting>(AS_THEY_CAME);
  const after = starts.at(-1);
  const ask = useCallback(
    (client: HubClient) =>
      client.request('hub.clients', {
        ...{ search, orderBy: sorting.key, isDescending: sorting.isDescending, limit: PAGE },
        ...(after !== undefined && { after }),
      }),
    [search, sorting, after],
  );
  const { answer, error } = useInspection(ask, REFRESH_MS);
  const now = useNow(REFRESH_MS);
  const find = (text: string) => {
    setSearch(text);
    setStarts([]);
  };
  const sort = (key: string) => {
    setSorting(nextClientSorting(sorting, key));
    setStarts([]);
  };
  const columns: readonly Column[] = [
    { key: 'user', label: t('clients.user') },
    { key: 'transport', label: t('clients.transport') },
    { key: 'since', label: t('clients.since'), only: 'medium' },
    { key: 'subscriptions', label: t('clients.subscriptions'), align: 'end' },
    { key: 'sent', label: t('clients.sent'), align: 'end' },
    { key: 'state', label: t('clients.state') },
  ];
  const first = starts.length * PAGE;
  const shown = answer?.items.length ?? 0;
  return (
    <>
      <div className={cx('toolbar')}>
        <SearchField
          label={t('clients.search')}
          value={search}
          onChange={find}
          testId="clients-search"
        />
        <span className={cx('dim')} role="status" data-testid="clients-count">
          {error ??
            (answer === null
              ? t('waiting')
              : t('clients.shown', {
                  from: shown === 0 ? 0 : first + 1,
                  to: first + shown,
                  total: answer.total,
                }))}
        </span>
        <Button
          variant="quiet"
          disabled={starts.length === 0}
          onClick={() => setStarts(starts.slice(0, -1))}
        >
          {t('previous')}
        </Button>
        <Button
          variant="quiet"
          testId="clients-next"
          disabled={!answer?.next}
          onClick={() => answer?.next && setStarts([...starts, answer.next])}
        >
          {t('next')}
        </Button>
      </div>
      <Table
        label={t('sections.clients')}
        testId="clients-table"
        onSort={sort}
        {...{ columns, sorting }}
      >
        {answer?.items.map((client) => (
          <Row key={client.id} testId="client-row">
            <Cell title={client.scopes.join(', ')}>{client.userId}</Cell>
            <Cell>{t(`transports.${client.transport}`)}</Cell>
            <Cell tone="dim" only="medium">
              {formatTime(client.connectedTime, now)}
            </Cell>
            <Cell align="end">{formatCount(client.subscriptions)}</Cell>
            <Cell align="end">{formatCount(client.sent)}</Cell>
            <Cell tone={client.isBehind ? 'down' : 'dim'}>
              {t(
                `clients.states.${client.isBehind ? 'behind' : client.isHidden ? 'hidden' : 'reading'}`,
              )}
            </Cell>
          </Row>
        ))}
      </Table>
    </>
  );
}
