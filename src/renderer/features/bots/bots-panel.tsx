import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBotIds, usePanelAnswers } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { BotFormMode } from './bot-form.tsx';
import { NO_FILTER } from './bot-order.ts';
import { BotsToolbar } from './bots-toolbar.tsx';
import { BotsView } from './bots-view.tsx';

export function BotsPanel() {
  const { t } = useTranslation('bots');
  const notLive = useOffline();
  const [form, setForm] = useState<BotFormMode | null>(null);
  const [filter, setFilter] = useState(NO_FILTER);
  const hasBots = useBotIds()?.length !== 0;
  usePanelAnswers({ 'bots.edit': (botId) => setForm({ kind: 'edit', botId }) });
  const header = (
    <>
      {hasBots && <BotsToolbar filter={filter} onFilter={setFilter} />}
      <Button testId="new-bot" disabled={notLive !== null} onClick={() => setForm({ kind: 'new' })}>
        + {t('new')}
      </Button>
    </>
  );
  return (
    <Panel title={t('title')} notLive={notLive} header={header}>
      <BotsView form={form} onForm={setForm} filter={filter} onFilter={setFilter} />
    </Panel>
  );
}
