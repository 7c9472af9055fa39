import { useTranslation } from 'react-i18next';
import { useConnection, useHubClient, useStores } from '../../app/app-context.ts';
import { sayRefusal } from '../../app/say-refusal.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';

/** Cancels an open order; asks once more, in place. */
export function CancelOrder({ orderId }: { readonly orderId: string }) {
  const { t } = useTranslation('orders');
  const client = useHubClient();
  const stores = useStores();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  return (
    <ConfirmButton
      label={t('cancel')}
      title={t('cancelExplained')}
      confirmLabel={t('confirm')}
      keepLabel={t('keep')}
      failedLabel={t('failed')}
      disabled={!isConnected}
      work={() => sayRefusal(stores, client.request('orders.cancel', { orderId }))}
      testId={`order-cancel-${orderId}`}
    />
  );
}
