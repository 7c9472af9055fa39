import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestResult } from '#contract/requests.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { useHubClient } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatFullDateTime, formatMoney } from '../../ui/format.ts';
import { curvePath, valueRange } from './curve-path.ts';
import styles from './equity-curve.module.css';

const cx = bindClassNames(styles);

type Points = RequestResult<'bots.equity'>['points'];

const REFRESH_MS = 30_000;
const WIDTH = 600;
const HEIGHT = 160;
const moneyText = (value: number): string => formatMoney(toDecimalString(decimal(value)));

/** The bot's equity since it was made. */
export function EquityCurve({ botId }: { readonly botId: string }) {
  const { t } = useTranslation('bots');
  const client = useHubClient();
  const [points, setPoints] = useState<Points | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const reply = await client.request('bots.equity', { botId });
      if (!isWanted) return;
      setError(reply.ok ? null : reply.error.message);
      if (reply.ok) setPoints(reply.value.points);
    };
    void load();
    const stop = systemClock.setInterval(() => void load(), REFRESH_MS);
    return () => {
      isWanted = false;
      stop();
    };
  }, [client, botId]);
  if (error !== null) return <EmptyState text={error} />;
  const [first, last] = [points?.[0], points?.at(-1)];
  if (points === null) return <EmptyState text={t('waiting')} />;
  if (!first || !last || points.length < 2) return <EmptyState text={t('equity.none')} />;
  const values = points.map(({ time, equity }) => ({ time, value: decimal(equity).toNumber() }));
  const { lowest, highest } = valueRange(values.map(({ value }) => value));
  const isUp = decimal(last.equity).gte(first.equity);
  return (
    <figure className={cx('figure')} data-testid="equity-curve">
      <figcaption className={cx('caption')}>
        {t('equity.caption', {
          from: formatFullDateTime(first.time),
          to: formatFullDateTime(last.time),
          first: formatMoney(first.equity),
          last: formatMoney(last.equity),
        })}
      </figcaption>
      <div className={cx('plot')}>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className={cx('curve', isUp ? 'up' : 'down')}
          aria-hidden="true"
        >
          <path d={curvePath(values, { width: WIDTH, height: HEIGHT })} />
        </svg>
        <span className={cx('top')}>{moneyText(highest)}</span>
        <span className={cx('bottom')}>{moneyText(lowest)}</span>
      </div>
    </figure>
  );
}
