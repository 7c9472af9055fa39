import { useTranslation } from 'react-i18next';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { sayRefusal } from '../../app/say-refusal.ts';
import { useUnreachable } from '../../app/use-unreachable.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';

/** Closes a bot's position by a market order; asks once more, in place. */
export function ClosePosition({ botId }: { readonly botId: string }) {
  const { t } = useTranslation('positions');
  const client = useHubClient();
  const stores = useStores();
  const unreachable = useUnreachable();
  return (
    <ConfirmButton
      label={t('close')}
      title={unreachable ?? t('closeExplained')}
      confirmLabel={t('confirm')}
      keepLabel={t('keep')}
      failedLabel={t('failed')}
      disabled={unreachable !== null}
      work={() => sayRefusal(stores, client.request('positions.close', { botId }))}
      testId={`position-close-${botId}`}
    />
  );
}
