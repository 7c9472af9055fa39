import { type PointerEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatFullDateTime, formatMoney, NOTHING } from '../../ui/format.ts';
import type { ValueRange } from '../bots/curve-path.ts';
import styles from './backtest.module.css';
import { formatLevel, formatShare } from './figure-text.ts';
import { indexAt, placeOf } from './plot-cursor.ts';
import { PLOT_BOX, plotCurves } from './plot-curves.ts';

const cx = bindClassNames(styles);

type Curve = BacktestReport['curve'];

/** Equity and buying and holding on one scale, the drawdown below; what a place says stands above. */
export function ReportPlot({ curve }: { readonly curve: Curve }) {
  const { t } = useTranslation('backtest');
  const [cursor, setCursor] = useState<number | null>(null);
  const { times } = curve;
  const drawn = useMemo(() => plotCurves(curve), [curve]);
  const last = times.length - 1;
  const reading = useReading(curve, cursor ?? last);
  const follow = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setCursor(indexAt(times, (event.clientX - left) / width));
  };
  return (
    <figure className={cx('plot')} data-testid="backtest-plot">
      <figcaption className={cx('reading')}>
        {reading.map(({ key, text }) => (
          <span key={key} className={cx(key)}>
            {text}
          </span>
        ))}
      </figcaption>
      <div className={cx('canvas')} onPointerMove={follow} onPointerLeave={() => setCursor(null)}>
        <Pane share="tall" range={drawn.money} format={formatLevel}>
          <path className={cx('holdLine')} d={drawn.hold} />
          <path className={cx('equityLine')} d={drawn.equity} />
        </Pane>
        <Pane share="low" range={drawn.water} format={formatShare}>
          <path className={cx('water')} d={drawn.drawdown} />
        </Pane>
        {cursor !== null && (
          <span className={cx('cursor')} style={{ left: `${placeOf(times, cursor) * 100}%` }} />
        )}
        <input
          type="range"
          className={cx('reader')}
          aria-label={t('plot.reader')}
          aria-valuetext={reading.map(({ text }) => text).join(', ')}
          data-testid="backtest-reader"
          min={0}
          max={last}
          value={cursor ?? last}
          onChange={({ target }) => setCursor(Number(target.value))}
          onBlur={() => setCursor(null)}
        />
      </div>
    </figure>
  );
}

interface Said {
  readonly key: 'time' | 'equity' | 'hold' | 'drawdown';
  readonly text: string;
}

/** What the curves say at a place. */
function useReading(curve: Curve, index: number): readonly Said[] {
  const { t } = useTranslation('backtest');
  const { times, equity, buyAndHold, drawdownPercent } = curve;
  const time = times[index];
  const said: Said[] = [
    { key: 'time', text: time === undefined ? NOTHING : formatFullDateTime(time) },
    { key: 'equity', text: t('plot.equity', { value: formatMoney(equity[index]) }) },
    { key: 'hold', text: t('plot.hold', { value: formatMoney(buyAndHold[index]) }) },
    {
      key: 'drawdown',
      text: t('plot.drawdown', { value: formatShare(drawdownPercent[index] ?? null) }),
    },
  ];
  return buyAndHold.length > 0 ? said : said.filter(({ key }) => key !== 'hold');
}

interface PaneProps {
  readonly share: 'tall' | 'low';
  readonly range: ValueRange;
  readonly format: (value: number) => string;
  readonly children: ReactNode;
}

function Pane({ share, range, format, children }: PaneProps) {
  return (
    <div className={cx('pane', share)}>
      <svg
        viewBox={`0 0 ${PLOT_BOX.width} ${PLOT_BOX.height}`}
        preserveAspectRatio="none"
        className={cx('lines')}
        aria-hidden="true"
      >
        {children}
      </svg>
      <span className={cx('top')}>{format(range.highest)}</span>
      <span className={cx('bottom')}>{format(range.lowest)}</span>
    </div>
  );
}
