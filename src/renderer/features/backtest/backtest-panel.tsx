import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBacktests, usePanelAnswers, useStores } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { askedBacktestDraft } from './backtest-draft.ts';
import { BacktestView } from './backtest-view.tsx';
import type { Beside } from './beside.ts';

export function BacktestPanel() {
  const { t } = useTranslation('backtest');
  const notLive = useOffline();
  const [beside, setBeside] = useState<Beside>(null);
  useAsked(setBeside);
  const openForm = () => setBeside({ kind: 'form', draft: null });
  usePanelAnswers({ 'backtest.new': openForm });
  const header = (
    <Button testId="new-backtest" disabled={notLive !== null} onClick={openForm}>
      + {t('new')}
    </Button>
  );
  return (
    <Panel title={t('title')} notLive={notLive} header={header} testId="backtest">
      <BacktestView beside={beside} onBeside={setBeside} />
    </Panel>
  );
}

/** Takes up what the user asked for elsewhere. */
function useAsked(setBeside: (beside: Beside) => void): void {
  const store = useStores().backtests;
  const asked = useBacktests((state) => state.asked);
  useEffect(() => {
    if (asked === null) return;
    store.setState({ asked: null });
    setBeside({ kind: 'form', draft: askedBacktestDraft(asked) });
  }, [asked, store, setBeside]);
}
