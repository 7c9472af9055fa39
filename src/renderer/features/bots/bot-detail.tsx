import type { TFunction } from 'i18next';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { symbolOf } from '#domain/instrument.ts';
import { useActions, useBot, useInstrument, usePanelAnswers } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatMoney, formatPriceDecimal, formatQuantity, signOf } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { BotOrders } from '../orders/bot-orders.tsx';
import { BotActions } from './bot-actions.tsx';
import styles from './bot-detail.module.css';
import { BotLogs } from './bot-logs.tsx';
import { BotParameters } from './bot-parameters.tsx';
import { BotStateBadge } from './bot-state-badge.tsx';
import { DETAIL_TABS, type DetailTab, detailAsk } from './detail-tabs.ts';
import { EquityCurve } from './equity-curve.tsx';
import { FillsTable } from './fills-table.tsx';

const cx = bindClassNames(styles);

const tabsOf = (
  { status, fills, openOrders }: BotRecord,
  t: TFunction<'bots'>,
): readonly Tab<DetailTab>[] => {
  const counts: Partial<Record<DetailTab, number>> = {
    fills: Math.max(status.fillCount, fills.length),
    openOrders: openOrders.length,
  };
  return DETAIL_TABS.map((key) => {
    const count = counts[key];
    return { key, label: t(`tabs.${key}`), ...(count !== undefined && { count }) };
  });
};

export interface BotDetailProps {
  readonly botId: string;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

export function BotDetail({ botId, onEdit, onClose }: BotDetailProps) {
  const { t } = useTranslation('bots');
  const words = useHubWords();
  const bot = useBot(botId);
  const { selectInstrument } = useActions();
  const [tab, setTab] = useState<DetailTab>('fills');
  usePanelAnswers(
    Object.fromEntries(DETAIL_TABS.map((one) => [detailAsk(botId, one), () => setTab(one)])),
  );
  if (bot === undefined) return null;
  const { config, status } = bot;
  return (
    <section
      className={cx('detail')}
      aria-label={t('detail', { name: config.name })}
      data-testid="bot-detail"
    >
      <header className={cx('head')}>
        <strong className={cx('name')} title={config.name}>
          {config.name}
        </strong>
        <BotStateBadge status={status} />
        <span className={cx('instrument')}>
          <LinkButton onClick={() => selectInstrument(config.instrumentId)}>
            {symbolOf(config.instrumentId)}
          </LinkButton>
        </span>
        <span className={cx('actions')}>
          <BotActions bot={bot} onEdit={onEdit} />
          <Button variant="quiet" aria-label={t('close')} onClick={onClose}>
            ✕
          </Button>
        </span>
      </header>
      {status.error !== null && (
        <p className={cx('error')} role="alert">
          {words(status.error)}
        </p>
      )}
      {status.error === null && status.reason !== null && (
        <p className={cx('reason')} role="status">
          {words(status.reason)}
        </p>
      )}
      <Figures bot={bot} />
      <div className={cx('tabs')}>
        <Tabs label={t('tabs.label')} tabs={tabsOf(bot, t)} selected={tab} onSelect={setTab} />
      </div>
      <div className={cx('body')}>
        {tab === 'fills' && <FillsTable bot={bot} />}
        {tab === 'openOrders' && <BotOrders orders={bot.openOrders} />}
        {tab === 'equity' && <EquityCurve botId={botId} />}
        {tab === 'logs' && <BotLogs botId={botId} />}
        {tab === 'parameters' && <BotParameters config={config} />}
      </div>
    </section>
  );
}

const SIDES = ['short', 'flat', 'long'] as const;

function Figures({ bot: { config, status, position } }: { readonly bot: BotRecord }) {
  const instrument = useInstrument(config.instrumentId);
  const { t } = useTranslation('bots');
  const side = t(`sides.${SIDES[signOf(position.quantity) + 1] ?? 'flat'}`);
  return (
    <dl className={cx('figures')}>
      <Figure label={t('figures.position')}>
        {side} <span data-testid="position-quantity">{formatQuantity(position.quantity)}</span>{' '}
        {instrument?.base}
      </Figure>
      <Figure label={t('figures.entry')}>
        {formatPriceDecimal(position.averagePrice, instrument?.priceIncrement)}
      </Figure>
      <Figure label={t('figures.unrealized')}>
        <SignedMoney value={status.unrealizedPnl} />
      </Figure>
      <Figure label={t('figures.realized')}>
        <SignedMoney value={status.realizedPnl} />
      </Figure>
      <Figure label={t('figures.today')} title={t('columns.todayTitle')}>
        <SignedMoney value={status.pnlToday} />
      </Figure>
      <Figure label={t('figures.fees')}>{formatMoney(status.fees)}</Figure>
      <Figure label={t('figures.drawdown')}>
        {formatMoney(status.drawdown)} / {formatMoney(status.maxDrawdown)}
      </Figure>
      <Figure label={t('figures.cash')}>{formatMoney(status.cash)}</Figure>
      <Figure label={t('figures.equity')}>{formatMoney(status.equity)}</Figure>
    </dl>
  );
}

interface FigureProps {
  readonly label: string;
  readonly title?: string;
  readonly children: ReactNode;
}

function Figure({ label, title, children }: FigureProps) {
  return (
    <div className={cx('figure')} title={title}>
      <dt className={cx('label')}>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
