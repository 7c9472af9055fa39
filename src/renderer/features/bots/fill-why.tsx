import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FillWhy } from '#contract/fill-trails.ts';
import { useHubClient } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClockMs, formatLag, NOTHING } from '../../ui/format.ts';
import styles from './fill-why.module.css';

const cx = bindClassNames(styles);

/** What led to a fill: the event, the strategy's own words, the order, and the time of each step. */
export function FillWhyView({ fillId }: { readonly fillId: string }) {
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
  return (
    <div className={cx('why')} data-testid="fill-why">
      <dl className={cx('facts')}>
        <Fact label={t('why.said')}>{why.why === null ? t('why.unsaid') : words(why.why)}</Fact>
        <Fact label={t('why.cause')}>
          {why.cause === null ? NOTHING : <EventText event={why.cause} />}
        </Fact>
        <Fact label={t('why.execution')}>
          <EventText event={why.execution} />
        </Fact>
        <Fact label={t('why.order')}>{why.fill.orderId}</Fact>
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

function EventText({ event }: { readonly event: FillWhy['execution'] }) {
  const { t } = useTranslation('bots');
  const { kind, price, eventTime } = event;
  return (
    <>
      {t(`why.kinds.${kind}`)}
      {price !== null && ` ${price}`}
      {eventTime !== null && ` · ${formatClockMs(eventTime)}`}
    </>
  );
}
