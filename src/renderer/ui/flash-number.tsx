import { useState } from 'react';
import { changedFrom } from './changed-digits.ts';
import { bindClassNames } from './class-names.ts';
import styles from './flash-number.module.css';

const cx = bindClassNames(styles);

export interface FlashNumberProps {
  readonly value: number;
  /** The value as shown. */
  readonly text: string;
  readonly testId?: string;
}

/** A number whose changed digits flash once and fade. */
export function FlashNumber({ value, text, testId }: FlashNumberProps) {
  const [shown, setShown] = useState({ value, text, from: text.length, isUp: true });
  let current = shown;
  if (shown.text !== text) {
    current = { value, text, from: changedFrom(shown.text, text), isUp: value > shown.value };
    setShown(current);
  }
  return (
    <span data-testid={testId}>
      {text.slice(0, current.from)}
      <span key={text} className={cx(current.isUp ? 'up' : 'down')}>
        {text.slice(current.from)}
      </span>
    </span>
  );
}
