import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertPolicy } from '#domain/alert.ts';
import { useAlerts, useDeck, usePanelAnswers, useShortcutText } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { isFiring } from '../../stores/alert-store.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ActiveAlerts } from './active-alerts.tsx';
import { AlertDelivery } from './alert-delivery.tsx';
import { AlertHistory } from './alert-history.tsx';
import { AlertRules } from './alert-rules.tsx';
import { DeckAlerts } from './deck-alerts.tsx';
import { PolicyForm } from './policy-form.tsx';
import type { RuleFormMode } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { Silences } from './silences.tsx';
import { useSilences } from './use-silences.ts';

type AlertsTab = 'active' | 'rules' | 'history' | 'silences' | 'delivery';

/**
 * What fires, what is watched for, what has fired, what is silenced, and how the user is told of it; of a
 * deck, its own alerts.
 */
export function AlertsPanel() {
  const deck = useDeck();
  return deck === undefined ? <LiveAlerts /> : <DeckAlerts deck={deck} />;
}

function LiveAlerts() {
  const { t } = useTranslation('alerts');
  const [tab, setTab] = useState<AlertsTab>('active');
  const [form, setForm] = useState<RuleFormMode | null>(null);
  const [policy, setPolicy] = useState<AlertPolicy | null>(null);
  const firing = useAlerts(({ alerts }) => alerts.filter(isFiring).length);
  const rules = useAlerts((state) => state.rules?.length ?? null);
  const { silences } = useSilences();
  const notLive = useOffline();
  const newRuleKeys = useShortcutText('alerts.newRule');
  const edit = (mode: RuleFormMode) => {
    setTab('rules');
    setForm(mode);
  };
  /** What is written in a form that is open stays. */
  const editIfNone = (mode: RuleFormMode) => {
    if (form === null) edit(mode);
  };
  usePanelAnswers({
    'alerts.newRule': () => editIfNone('new'),
    'alerts.editRule': (ruleId) => editIfNone({ ruleId }),
    'alerts.active': () => setTab('active'),
    'alerts.rules': () => setTab('rules'),
    'alerts.history': () => setTab('history'),
    'alerts.silences': () => setTab('silences'),
    'alerts.delivery': () => setTab('delivery'),
  });
  const header = (
    <>
      <Tabs
        label={t('panel')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { key: 'active', label: t('tabs.active'), count: firing },
          { key: 'rules', label: t('tabs.rules'), count: rules },
          { key: 'history', label: t('tabs.history') },
          { key: 'silences', label: t('tabs.silences'), count: silences.length },
          { key: 'delivery', label: t('tabs.delivery') },
        ]}
      />
      <Button
        testId="new-rule"
        title={newRuleKeys}
        disabled={notLive !== null}
        onClick={() => edit('new')}
      >
        {t('rule.new')}
      </Button>
    </>
  );
  if (form !== null) {
    return (
      <Panel title={t('panel')} notLive={notLive} testId="alerts-panel">
        <RuleForm mode={form} onDone={() => setForm(null)} />
      </Panel>
    );
  }
  if (policy !== null) {
    return (
      <Panel title={t('panel')} notLive={notLive} testId="alerts-panel">
        <PolicyForm policy={policy} onDone={() => setPolicy(null)} />
      </Panel>
    );
  }
  return (
    <Panel title={t('panel')} notLive={notLive} header={header} testId="alerts-panel">
      {tab === 'active' && <ActiveAlerts onNewRule={() => edit('new')} />}
      {tab === 'rules' && <AlertRules onEdit={edit} />}
      {tab === 'history' && <AlertHistory />}
      {tab === 'silences' && <Silences />}
      {tab === 'delivery' && <AlertDelivery onEdit={setPolicy} />}
    </Panel>
  );
}
