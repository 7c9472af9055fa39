import { useTranslation } from 'react-i18next';
import type { DeckView } from '#contract/replay-requests.ts';
import type { Alert } from '#domain/alert.ts';
import { useAlerts, usePanelAnswers, useStores } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { translator } from '../../i18n/i18n.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AlertTable } from './alert-table.tsx';

const NONE: readonly Alert[] = [];

/** What has fired in a replay deck so far. */
export function DeckAlerts({ deck }: { readonly deck: DeckView }) {
  const { t } = useTranslation('alerts');
  const { notices } = useStores();
  const refuse = () => notices.say({ text: () => translator('alerts')('deck.notLive') });
  usePanelAnswers({
    'alerts.newRule': refuse,
    'alerts.editRule': refuse,
    'alerts.rules': refuse,
    'alerts.history': refuse,
    'alerts.silences': refuse,
    'alerts.delivery': refuse,
  });
  const alerts = useAlerts((state) => state.deckAlerts[deck.id] ?? NONE);
  return (
    <Panel title={t('deck.panel')} notLive={useOffline()} testId="deck-alerts">
      {alerts.length === 0 ? (
        <EmptyState text={t(deck.alertRuleCount === 0 ? 'deck.noRules' : 'deck.empty')} />
      ) : (
        <AlertTable label={t('deck.panel')} alerts={alerts} testId="deck-alert-table" />
      )}
    </Panel>
  );
}
