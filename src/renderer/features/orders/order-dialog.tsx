import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { OrderForm } from './order-form.tsx';
import { useOrderStart } from './use-order-start.ts';

/** A new order by hand, on the account of a bot: from the chart, the list of orders, or by its command. */
export default function OrderDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('orders');
  const start = useOrderStart();
  return (
    <Dialog title={t('form.title')} testId="order-dialog" hasDone={false} onClose={onClose}>
      {start === null ? (
        <EmptyState text={t('form.noBot')} />
      ) : (
        <OrderForm {...start} onDone={onClose} />
      )}
    </Dialog>
  );
}
