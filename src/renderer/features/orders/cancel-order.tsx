import { useTranslation } from 'react-i18next';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { sayRefusal } from '../../app/say-refusal.ts';
import { useUnreachable } from '../../app/use-unreachable.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';

/** Cancels an open order; asks once more, in place. */
export function CancelOrder({ orderId }: { readonly orderId: string }) {
  const { t } = useTranslation('orders');
  const client = useHubClient();
  const stores = useStores();
  const unreachable = useUnreachable();
  return (
    <ConfirmButton
      label={t('cancel')}
      title={unreachable ?? t('cancelExplained')}
      confirmLabel={t('confirm')}
      keepLabel={t('keep')}
      failedLabel={t('failed')}
      disabled={unreachable !== null}
      work={() => sayRefusal(stores, client.request('orders.cancel', { orderId }))}
      testId={`order-cancel-${orderId}`}
    />
  );
}
