import { type ReactNode, useState } from 'react';
import { symbolOf } from '#domain/instrument.ts';
import { useActions, useBot, useInstrument } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatMoney, formatPriceDecimal, formatQuantity, signOf } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { OrdersTable } from '../orders/orders-table.tsx';
import { BotActions } from './bot-actions.tsx';
import styles from './bot-detail.module.css';
import { BotLogs } from './bot-logs.tsx';
import { BotParameters } from './bot-parameters.tsx';
import { BotStateBadge } from './bot-state-badge.tsx';
import { FillsTable } from './fills-table.tsx';

const cx = bindClassNames(styles);

type DetailTab = 'fills' | 'open-orders' | 'logs' | 'parameters';

const tabsOf = ({ fills, openOrders }: BotRecord): readonly Tab<DetailTab>[] => [
  { key: 'fills', label: 'Fills', count: fills.length },
  { key: 'open-orders', label: 'Open orders', count: openOrders.length },
  { key: 'logs', label: 'Log' },
  { key: 'parameters', label: 'Parameters' },
];

export interface BotDetailProps {
  readonly botId: string;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

export function BotDetail({ botId, onEdit, onClose }: BotDetailProps) {
  const bot = useBot(botId);
  const { selectInstrument } = useActions();
  const [tab, setTab] = useState<DetailTab>('fills');
  if (bot === undefined) return null;
  const { config, status } = bot;
  return (
    <section className={cx('detail')} aria-label={`Bot ${config.name}`} data-testid="bot-detail">
      <header className={cx('head')}>
        <strong className={cx('name')} title={config.name}>
          {config.name}
        </strong>
        <BotStateBadge state={status.state} error={status.error} />
        <LinkButton onClick={() => selectInstrument(config.instrumentId)}>
          {symbolOf(config.instrumentId)}
        </LinkButton>
        <span className={cx('actions')}>
          <BotActions bot={bot} onEdit={onEdit} />
          <Button variant="quiet" aria-label="Close" onClick={onClose}>
            ✕
          </Button>
        </span>
      </header>
      {status.error !== null && (
        <p className={cx('error')} role="alert">
          {status.error}
        </p>
      )}
      <Figures bot={bot} />
      <div className={cx('tabs')}>
        <Tabs label="Of this bot" tabs={tabsOf(bot)} selected={tab} onSelect={setTab} />
      </div>
      <div className={cx('body')}>
        {tab === 'fills' && <FillsTable bot={bot} />}
        {tab === 'open-orders' && <OrdersTable orders={bot.openOrders} showBot={false} />}
        {tab === 'logs' && <BotLogs botId={botId} />}
        {tab === 'parameters' && <BotParameters config={config} />}
      </div>
    </section>
  );
}

function Figures({ bot: { config, status, position } }: { readonly bot: BotRecord }) {
  const instrument = useInstrument(config.instrumentId);
  const side = ['short', 'flat', 'long'][signOf(position.quantity) + 1];
  return (
    <dl className={cx('figures')}>
      <Figure label="Position">
        {side} <span data-testid="position-quantity">{formatQuantity(position.quantity)}</span>{' '}
        {instrument?.base}
      </Figure>
      <Figure label="Entry">
        {formatPriceDecimal(position.averagePrice, instrument?.priceIncrement)}
      </Figure>
      <Figure label="Unrealised">
        <SignedMoney value={status.unrealizedPnl} />
      </Figure>
      <Figure label="Realised">
        <SignedMoney value={status.realizedPnl} />
      </Figure>
      <Figure label="Fees">{formatMoney(status.fees)}</Figure>
      <Figure label="Cash">{formatMoney(status.cash)}</Figure>
      <Figure label="Equity">{formatMoney(status.equity)}</Figure>
    </dl>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={cx('figure')}>
      <dt className={cx('label')}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
