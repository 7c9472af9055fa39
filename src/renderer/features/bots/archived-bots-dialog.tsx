import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotView } from '#contract/requests.ts';
import { useActions } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCount, formatFullDateTime, formatMoney } from '../../ui/format.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './archived-bots.module.css';

const cx = bindClassNames(styles);

/** The bots that were put out of sight, with their history kept, and the way back for each. */
export default function ArchivedBotsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('bots');
  const { bots } = useActions();
  const { isBusy, error, run } = useCommand();
  /** Newest first. Null until the hub has answered. */
  const [archived, setArchived] = useState<readonly BotView[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const ask = useCallback(async () => {
    const reply = await bots.archived();
    setTrouble(reply.ok ? null : reply.error.message);
    if (reply.ok) setArchived(reply.value);
  }, [bots]);
  useEffect(() => void ask(), [ask]);
  const bringBack = (botId: string) =>
    void run(() => bots.unarchive(botId)).then((isDone) => (isDone ? ask() : undefined));
  return (
    <Dialog title={t('archived.title')} testId="archived-bots" onClose={onClose}>
      {(trouble ?? error) !== null && (
        <p className={cx('error')} role="alert">
          {trouble ?? error}
        </p>
      )}
      {archived?.length === 0 && <p className={cx('none')}>{t('archived.none')}</p>}
      <ul className={cx('list')}>
        {archived?.map(({ config, status }) => (
          <li key={config.id} className={cx('bot')} data-testid={`archived-${config.id}`}>
            <span className={cx('words')}>
              <strong>{config.name}</strong>
              <span className={cx('dim')}>
                {t('archived.about', {
                  instrument: config.instrumentId,
                  time: formatFullDateTime(config.archivedTime ?? config.createdTime),
                  fills: formatCount(status.fillCount),
                  pnl: formatMoney(status.realizedPnl, { signed: true }),
                })}
              </span>
            </span>
            <Button
              disabled={isBusy}
              aria-label={t('actions.of', { act: t('archived.back'), name: config.name })}
              testId={`unarchive-${config.id}`}
              onClick={() => bringBack(config.id)}
            >
              {t('archived.back')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
