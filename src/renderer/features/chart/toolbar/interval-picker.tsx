import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CANDLE_INTERVALS } from '#domain/candle.ts';
import { bindClassNames } from '../../../ui/class-names.ts';
import {
  CHART_INTERVALS,
  type ChartInterval,
  isTickInterval,
  TICK_INTERVALS,
  tradesPerBar,
} from '../bars/chart-interval.ts';
import styles from './toolbar.module.css';

const cx = bindClassNames(styles);

/** Those that are one click away where there is room. */
const NEAR: readonly ChartInterval[] = ['1s', '1m', '5m', '15m', '1h', '4h', '1d', '1w'];
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

export interface IntervalPickerProps {
  readonly interval: ChartInterval;
  readonly onChange: (interval: ChartInterval) => void;
}

/** The usual intervals as a radio group, and all of them in a list; where it is narrow, the list alone. */
export function IntervalPicker(props: IntervalPickerProps) {
  return (
    <>
      <NearIntervals {...props} />
      <AllIntervals {...props} />
    </>
  );
}

/** A radio group with arrow keys and one tab stop, as the ARIA pattern has it. */
function NearIntervals({ interval, onChange }: IntervalPickerProps) {
  const { t } = useTranslation('chart');
  const tabStop = NEAR.includes(interval) ? interval : NEAR[0];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    const next = NEAR[NEAR.indexOf(interval) + (step ?? 0)];
    if (step === undefined || next === undefined) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-interval="${next}"]`)?.focus();
  };
  return (
    <div
      className={cx('intervals')}
      role="radiogroup"
      aria-label={t('toolbar.interval')}
      onKeyDown={onKeyDown}
    >
      {NEAR.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons with the keys of a radio group
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === interval}
          tabIndex={one === tabStop ? 0 : -1}
          data-interval={one}
          data-testid={`interval-${one}`}
          className={cx('interval', one === interval && 'selected')}
          onClick={() => onChange(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

function AllIntervals({ interval, onChange }: IntervalPickerProps) {
  const { t } = useTranslation('chart');
  return (
    <span className={cx('all')}>
      <select
        className={cx('select', NEAR.includes(interval) && 'calm')}
        aria-label={t('toolbar.otherInterval')}
        data-testid="interval-list"
        value={interval}
        onChange={({ target }) => {
          const chosen = CHART_INTERVALS.find((one) => one === target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        <optgroup>
          {CANDLE_INTERVALS.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </optgroup>
        <optgroup>
          {TICK_INTERVALS.filter(isTickInterval).map((one) => (
            <option key={one} value={one}>
              {t('toolbar.ticks', { count: tradesPerBar(one) })}
            </option>
          ))}
        </optgroup>
      </select>
    </span>
  );
}
