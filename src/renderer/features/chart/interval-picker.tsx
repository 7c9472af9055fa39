import type { KeyboardEvent } from 'react';
import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './chart.module.css';

const cx = bindClassNames(styles);
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

export interface IntervalPickerProps {
  readonly interval: CandleInterval;
  readonly onChange: (interval: CandleInterval) => void;
}

/** A radio group with arrow keys and one tab stop, as the ARIA pattern has it. */
export function IntervalPicker({ interval, onChange }: IntervalPickerProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = CANDLE_INTERVALS[CANDLE_INTERVALS.indexOf(interval) + (STEPS[event.key] ?? 0)];
    if (STEPS[event.key] === undefined || next === undefined) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-interval="${next}"]`)?.focus();
  };
  return (
    <div
      className={cx('intervals')}
      role="radiogroup"
      aria-label="Candle interval"
      onKeyDown={onKeyDown}
    >
      {CANDLE_INTERVALS.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons with the keys of a radio group
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === interval}
          tabIndex={one === interval ? 0 : -1}
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
