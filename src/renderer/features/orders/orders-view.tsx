import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '#domain/order.ts';
import { usePanelOption, useStores } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilteredRows } from '../../ui/filtered-rows.tsx';
import { NEWEST_FIRST, type OrderFilter, orderSortingSchema, shownOrders } from './order-order.ts';
import { eachOnce } from './order-pages.ts';
import { OrdersTable } from './orders-table.tsx';
import styles from './orders-view.module.css';
import { useOpenOrders } from './use-open-orders.ts';
import { useOrderHistory } from './use-order-history.ts';

const cx = bindClassNames(styles);

export interface OrdersViewProps {
  readonly filter: OrderFilter;
  readonly onFilter: (filter: OrderFilter) => void;
}

/** The orders of all bots: the open ones, or all by the page. */
export function OrdersView({ filter, onFilter }: OrdersViewProps) {
  const { t } = useTranslation('orders');
  const { t: common } = useTranslation('common');
  const { bots } = useStores();
  const [sorting, setSorting] = usePanelOption('sorting', orderSortingSchema, NEWEST_FIRST);
  const { value: open, onTouch } = useOpenOrders();
  const history = useOrderHistory(filter.kind === 'all');
  const { orders: past, nextBefore } = history.pages;
  const botName = useCallback(
    (botId: string) => bots.getState().bots[botId]?.config.name ?? botId,
    [bots],
  );
  // An order that is open is known better here than by a page that was asked for a while ago.
  const all = useMemo(() => eachOnce([...open, ...past]), [open, past]);
  const wordsOf = useCallback(
    ({ side, type, status }: Order) =>
      [common(`sides.${side}`), t(`types.${type}`), t(`statuses.${status}`)].join(' '),
    [common, t],
  );
  const shown = useMemo(
    () => shownOrders(all, { search: filter.search, sorting }, botName, wordsOf),
    [all, filter.search, sorting, botName, wordsOf],
  );
  if (all.length === 0) return <EmptyState text={history.error ?? t('none')} />;
  return (
    <div className={cx('view')}>
      <FilteredRows
        shown={shown.length}
        all={all.length}
        nothing={t('filter.nothing')}
        onShowAll={() => onFilter({ ...filter, search: '' })}
        testPrefix="orders"
      >
        <OrdersTable orders={shown} showBot onSort={setSorting} {...{ sorting, onTouch }} />
      </FilteredRows>
      {nextBefore !== null && (
        <p className={cx('older')}>
          <Button variant="quiet" testId="orders-older" onClick={history.loadOlder}>
            {t('filter.older')}
          </Button>
          {history.error !== null && <span role="alert">{history.error}</span>}
        </p>
      )}
    </div>
  );
}
