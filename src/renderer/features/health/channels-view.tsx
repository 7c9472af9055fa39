import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInspection } from '../../app/use-inspection.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount } from '../../ui/format.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import styles from './health.module.css';
import { type ChannelSorting, MOST_LISTENED, nextChannelSorting } from './inspection-order.ts';

const cx = bindClassNames(styles);

const REFRESH_MS = 2_000;
const MOST_SHOWN = 200;

/** What the hub's clients listen to. */
export function ChannelsView() {
  const { t } = useTranslation('health');
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<ChannelSorting>(MOST_LISTENED);
  const ask = useCallback(
    (client: HubClient) =>
      client.request('hub.channels', {
        ...{ search, orderBy: sorting.key, isDescending: sorting.isDescending, limit: MOST_SHOWN },
      }),
    [search, sorting],
  );
  const { answer, error } = useInspection(ask, REFRESH_MS);
  const columns: readonly Column[] = [
    { key: 'channel', label: t('channels.channel') },
    { key: 'kind', label: t('channels.kind'), only: 'medium' },
    { key: 'subscribers', label: t('channels.subscribers'), align: 'end' },
    { key: 'offset', label: t('channels.published'), align: 'end' },
  ];
  return (
    <>
      <div className={cx('toolbar')}>
        <SearchField
          label={t('channels.search')}
          value={search}
          onChange={setSearch}
          testId="channels-search"
        />
        <span className={cx('dim')} role="status">
          {error ??
            (answer === null
              ? t('waiting')
              : t('channels.shown', { shown: answer.items.length, total: answer.total }))}
        </span>
      </div>
      <Table
        label={t('sections.channels')}
        testId="channels-table"
        onSort={(key) => setSorting(nextChannelSorting(sorting, key))}
        {...{ columns, sorting }}
      >
        {answer?.items.map(({ channel, kind, subscribers, offset }) => (
          <Row key={channel} testId={`channel-${channel}`}>
            <Cell>{channel}</Cell>
            <Cell tone="dim" only="medium" title={t(`kinds.${kind}.title`)}>
              {t(`kinds.${kind}.label`)}
            </Cell>
            <Cell align="end">{formatCount(subscribers)}</Cell>
            <Cell align="end">{formatCount(offset)}</Cell>
          </Row>
        ))}
      </Table>
    </>
  );
}
