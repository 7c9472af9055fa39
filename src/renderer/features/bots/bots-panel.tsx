import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { BotFormMode } from './bot-form.tsx';
import { BotsView } from './bots-view.tsx';

export function BotsPanel() {
  const { t } = useTranslation('bots');
  const notLive = useOffline();
  const [form, setForm] = useState<BotFormMode | null>(null);
  const newBot = (
    <Button testId="new-bot" disabled={notLive !== null} onClick={() => setForm({ kind: 'new' })}>
      + {t('new')}
    </Button>
  );
  return (
    <Panel title={t('title')} notLive={notLive} header={newBot}>
      <BotsView form={form} onForm={setForm} />
    </Panel>
  );
}
