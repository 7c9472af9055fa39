import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FillWhy } from '#contract/fill-trails.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { useHubClient } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClockMs, formatLag, formatPriceDecimal, NOTHING } from '../../ui/format.ts';
import styles from './fill-why.module.css';

const cx = bindClassNames(styles);

export interface FillWhyViewProps {
  readonly fillId: string;
  /** Of what was filled; undefined where its instrument is not known here. */
  readonly priceIncrement: number | undefined;
}

/** What led to a fill: the event, the strategy's own words, the order, and the time of each step. */
export function FillWhyView({ fillId, priceIncrement }: FillWhyViewProps) {
  const { t } = useTranslation('bots');
  const client = useHubClient();
  const words = useHubWords();
  const [why, setWhy] = useState<FillWhy | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void client.request('fills.why', { fillId }).then((reply) => {
      if (!isWanted) return;
      setError(reply.ok ? null : reply.error.message);
      if (reply.ok) setWhy(reply.value);
    });
    return () => {
      isWanted = false;
    };
  }, [client, fillId]);
  if (error !== null) return <p className={cx('note')}>{error}</p>;
  if (why === null) return <p className={cx('note')}>{t('waiting')}</p>;
  const unknown = why.isReported ? t('why.untold') : NOTHING;
  return (
    <div className={cx('why')} data-testid="fill-why">
      <dl className={cx('facts')}>
        <Fact label={t('why.said')}>{why.why === null ? t('why.unsaid') : words(why.why)}</Fact>
        <Fact label={t('why.cause')}>
          <EventText event={why.cause} unknown={unknown} priceIncrement={priceIncrement} />
        </Fact>
        <Fact label={t('why.execution')}>
          <EventText event={why.execution} unknown={unknown} priceIncrement={priceIncrement} />
        </Fact>
        <Fact label={t('why.order')}>
          <OrderText why={why} />
        </Fact>
      </dl>
      <ol className={cx('steps')} aria-label={t('why.steps')}>
        {why.steps.map(({ step, time, clock, tookMs }) => (
          <li key={step} title={t(`why.clocks.${clock}`)}>
            <span className={cx('step')}>{t(`why.step.${step}`)}</span>
            <span>{time === null ? NOTHING : formatClockMs(time)}</span>
            <span className={cx('took')}>{tookMs === null ? '' : `+${formatLag(tookMs)}`}</span>
          </li>
        ))}
      </ol>
      {why.orderStates.length > 0 && <OrderStates states={why.orderStates} />}
    </div>
  );
}

/** What a bot that runs elsewhere told of its order, by its own clock. */
function OrderStates({ states }: { readonly states: FillWhy['orderStates'] }) {
  const { t } = useTranslation('bots');
  const { t: statuses } = useTranslation('orders');
  const words = useHubWords();
  return (
    <div>
      <p className={cx('caption')}>{t('why.states')}</p>
      <ol className={cx('steps')} aria-label={t('why.states')}>
        {states.map(({ status, filledQuantity, limitPrice, time, reason }) => (
          <li
            key={[time, status, filledQuantity, limitPrice].join(' ')}
            title={reason === null ? t('why.clocks.bot') : words(reason)}
          >
            <span className={cx('step')}>{statuses(`statuses.${status}`)}</span>
            <span>{formatClockMs(time)}</span>
            <span className={cx('took')}>{filledQuantity}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const Fact = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: React.ReactNode;
}) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

/** Its id, and how it stands if it is known. */
function OrderText({ why: { fill, order } }: { readonly why: FillWhy }) {
  const { t } = useTranslation('bots');
  const { t: statuses } = useTranslation('orders');
  const words = useHubWords();
  if (order === null) return <>{`${fill.orderId} · ${t('why.orderUntold')}`}</>;
  const { id, status, reason } = order;
  return (
    <>{[id, statuses(`statuses.${status}`), reason && words(reason)].filter(Boolean).join(' · ')}</>
  );
}

interface EventTextProps {
  readonly event: FillWhy['execution'];
  /** What is said where nobody knows. */
  readonly unknown: string;
  readonly priceIncrement: number | undefined;
}

function EventText({ event, unknown, priceIncrement }: EventTextProps) {
  const { t } = useTranslation('bots');
  if (event === null) return <>{unknown}</>;
  const { kind, price, eventTime } = event;
  return (
    <>
      {t(`why.kinds.${kind}`)}
      {price !== null && ` ${formatPriceDecimal(toDecimalString(decimal(price)), priceIncrement)}`}
      {eventTime !== null && ` · ${formatClockMs(eventTime)}`}
    </>
  );
}
