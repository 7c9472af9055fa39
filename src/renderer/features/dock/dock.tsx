import { useState } from 'react';
import {
  useActions,
  useBotIds,
  useBots,
  useConnection,
  useNotifications,
  useReplay,
  useSelection,
} from '../../app/app-context.ts';
import type { BotRecord, BotState } from '../../stores/bot-store.ts';
import { livenessOf } from '../../stores/liveness.ts';
import type { DockTab } from '../../stores/selection-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import type { BotFormMode } from '../bots/bot-form.tsx';
import { BotsView } from '../bots/bots-view.tsx';
import { DeskView } from '../desk/desk-view.tsx';
import { NotificationControls } from '../notifications/notification-controls.tsx';
import { NotificationsView } from '../notifications/notifications-view.tsx';
import { OrdersView } from '../orders/orders-view.tsx';
import { PositionsView } from '../positions/positions-view.tsx';
import { ReplayView } from '../replay/replay-view.tsx';
import { TapeFilesView } from '../tape-files/tape-files-view.tsx';
import styles from './dock.module.css';

const cx = bindClassNames(styles);

const botsOf = (bots: BotState['bots'], botIds: readonly string[] | null): readonly BotRecord[] =>
  (botIds ?? []).flatMap((botId) => bots[botId] ?? []);

function useDockTabs(): readonly Tab<DockTab>[] {
  const botIds = useBotIds();
  const positions = useBots(({ bots }) =>
    botsOf(bots, botIds).reduce(
      (sum, bot) => sum + (bot.position.averagePrice === null ? 0 : 1),
      0,
    ),
  );
  const orders = useBots(({ bots }) =>
    botsOf(bots, botIds).reduce((sum, bot) => sum + bot.openOrders.length, 0),
  );
  const decks = useReplay((state) => Object.keys(state.decks).length);
  const unread = useNotifications((state) => state.unread);
  return [
    { key: 'bots', label: 'Bots', count: botIds?.length ?? null },
    { key: 'positions', label: 'Positions', count: positions },
    { key: 'orders', label: 'Orders', count: orders },
    { key: 'notifications', label: 'Notifications', count: unread },
    { key: 'desk', label: 'Desk', count: null },
    { key: 'replay', label: 'Replay', count: decks === 0 ? null : decks },
    { key: 'tapeFiles', label: 'Tape', count: null },
  ];
}

/** What is ours: bots, positions, orders, and what has happened to them. */
export function Dock() {
  const tabs = useDockTabs();
  const { dockTab } = useSelection();
  const { showTab } = useActions();
  const connection = useConnection((state) => state.connection);
  const [form, setForm] = useState<BotFormMode | null>(null);
  const isOffline = connection.kind !== 'connected' && livenessOf(connection, undefined) !== null;
  const openForm = () => {
    showTab('bots');
    setForm({ kind: 'new' });
  };
  return (
    <section className={cx('dock')} aria-label="Bots, positions, orders, notifications and desk">
      <header className={cx('header')}>
        <Tabs label="Dock" tabs={tabs} selected={dockTab} onSelect={showTab} />
        <span className={cx('controls')}>
          {dockTab === 'notifications' && <NotificationControls />}
          <Button testId="new-bot" disabled={isOffline} onClick={openForm}>
            + New bot
          </Button>
        </span>
      </header>
      <div className={cx('body', isOffline && 'dimmed')} role="tabpanel">
        {dockTab === 'bots' && <BotsView form={form} onForm={setForm} />}
        {dockTab === 'positions' && <PositionsView />}
        {dockTab === 'orders' && <OrdersView />}
        {dockTab === 'notifications' && <NotificationsView />}
        {dockTab === 'desk' && <DeskView />}
        {dockTab === 'replay' && <ReplayView />}
        {dockTab === 'tapeFiles' && <TapeFilesView />}
      </div>
    </section>
  );
}
