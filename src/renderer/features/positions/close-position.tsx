import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection, useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { useCommand } from '../../ui/use-command.ts';

/** Closes a bot's position by a market order; asks once more, in place. */
export function ClosePosition({ botId }: { readonly botId: string }) {
  const { t } = useTranslation('positions');
  const client = useHubClient();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const [isAsking, setIsAsking] = useState(false);
  const { isBusy, error, run } = useCommand();
  const close = async () => {
    await run(() => client.request('positions.close', { botId }));
    setIsAsking(false);
  };
  if (!isAsking) {
    return (
      <Button
        variant={error === null ? 'quiet' : 'danger'}
        disabled={isBusy || !isConnected}
        title={error ?? t('closeExplained')}
        testId={`position-close-${botId}`}
        onClick={(event) => {
          event.stopPropagation();
          setIsAsking(true);
        }}
      >
        {error === null ? t('close') : t('failed')}
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="danger"
        disabled={isBusy}
        autoFocus
        testId={`position-close-confirm-${botId}`}
        onClick={(event) => {
          event.stopPropagation();
          void close();
        }}
      >
        {t('confirm')}
      </Button>
      <Button
        variant="quiet"
        onClick={(event) => {
          event.stopPropagation();
          setIsAsking(false);
        }}
      >
        {t('keep')}
      </Button>
    </>
  );
}
