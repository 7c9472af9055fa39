import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestResult } from '#contract/requests.ts';
import { formatCount, formatFullDateTime } from '../../ui/format.ts';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';

interface CandleTableProps {
  readonly candles: RequestResult<'tape.info'>['candles'];
}

/** Candles that files have brought, for backtests. */
export function CandleTable({ candles }: CandleTableProps) {
  const { t } = useTranslation('tape-files');
  const columns = useMemo(
    (): readonly Column[] => [
      { key: 'instrument', label: t('columns.instrument') },
      { key: 'interval', label: t('columns.interval') },
      { key: 'candles', label: t('columns.candles'), align: 'end' },
      { key: 'first', label: t('columns.first'), only: 'medium' },
      { key: 'last', label: t('columns.last') },
    ],
    [t],
  );
  return (
    <Table label={t('candles')} columns={columns} testId="tape-candles">
      {candles.map(({ instrumentId, interval, count, firstTime, lastTime }) => (
        <Row
          key={`${instrumentId} ${interval}`}
          testId={`tape-candles-${instrumentId}-${interval}`}
        >
          <Cell>{instrumentId}</Cell>
          <Cell>{interval}</Cell>
          <Cell align="end">{formatCount(count)}</Cell>
          <Cell tone="dim" only="medium">
            {formatFullDateTime(firstTime)}
          </Cell>
          <Cell tone="dim">{formatFullDateTime(lastTime)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
