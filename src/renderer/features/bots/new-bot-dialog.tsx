import { useTranslation } from 'react-i18next';
import { useActions } from '../../app/app-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { BotForm } from './bot-form.tsx';

/** A new bot from wherever one is, also without a panel of bots. */
export default function NewBotDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('bots');
  const { selectBot } = useActions();
  const done = (botId: string | null) => {
    if (botId !== null) selectBot(botId);
    onClose();
  };
  return (
    <Dialog title={t('new')} testId="new-bot-dialog" hasDone={false} onClose={onClose}>
      <BotForm mode={{ kind: 'new' }} onDone={done} />
    </Dialog>
  );
}
