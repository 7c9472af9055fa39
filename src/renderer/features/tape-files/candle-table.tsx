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
      { key: 'instrument', label: t('candles') },
      { key: 'interval', label: t('columns.interval') },
      { key: 'candles', label: t('columns.candles'), align: 'end' },
      { key: 'first', label: t('columns.first'), only: 'wide' },
      { key: 'last', label: t('columns.last'), only: 'medium' },
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
          <Cell tone="dim" only="wide">
            {formatFullDateTime(firstTime)}
          </Cell>
          <Cell tone="dim" only="medium">
            {formatFullDateTime(lastTime)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
