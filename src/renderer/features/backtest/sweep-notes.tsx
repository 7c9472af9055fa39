import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SweepReport } from '#contract/backtest-sweep.ts';
import { judgeSweep } from '#contract/sweep-judgement.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatFullDateTime } from '../../ui/format.ts';
import styles from './backtest.module.css';

const cx = bindClassNames(styles);

const LUCK_DECIMALS = 1;

/** What the ranking rests on, and how far it is to be trusted. */
export function SweepNotes({ sweep }: { readonly sweep: SweepReport }) {
  const { t } = useTranslation('backtest');
  const { fromTime, toTime, holdoutTime } = sweep;
  return (
    <div className={cx('notes')} data-testid="backtest-notes">
      <p className={cx('source')}>
        {t('range', { from: formatFullDateTime(fromTime), to: formatFullDateTime(toTime) })}
        {holdoutTime !== null &&
          ` · ${t('heldOutFrom', { time: formatFullDateTime(holdoutTime) })}`}
      </p>
      <ul className={cx('warnings')}>
        {useSentences(sweep).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function useSentences(sweep: SweepReport): readonly string[] {
  const { t } = useTranslation('backtest');
  const { runs, luck, fewTrips, heldOut } = useMemo(() => judgeSweep(sweep.runs, sweep), [sweep]);
  if (runs === 0) return [t('judged.none')];
  const figure = t(`figures.${sweep.rankedBy}.label`);
  return [
    t('judged.luck', {
      ...{ count: runs, amount: formatCount(runs) },
      deviations: luck.toFixed(LUCK_DECIMALS),
    }),
    ...(fewTrips === null
      ? []
      : [t('judged.fewTrips', { count: fewTrips, amount: formatCount(fewTrips) })]),
    typeof heldOut === 'string'
      ? t(`judged.${heldOut}`, { figure })
      : t('judged.place', { place: formatCount(heldOut.place), of: formatCount(heldOut.of) }),
  ];
}
