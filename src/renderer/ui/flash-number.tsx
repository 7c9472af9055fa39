import { useLayoutEffect, useRef, useState } from 'react';
import { changedFrom } from './changed-digits.ts';
import { bindClassNames } from './class-names.ts';
import { flashFader } from './flash-fader.ts';
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
  const changedRef = useRef<HTMLSpanElement>(null);
  const { from, isUp } = current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change flashes, the same digits too
  useLayoutEffect(() => {
    const changed = changedRef.current;
    if (changed === null || changed.textContent === '') return;
    flashFader.flash(changed, isUp ? 'up' : 'down');
  }, [text, isUp]);
  useLayoutEffect(() => {
    const changed = changedRef.current;
    return () => {
      if (changed !== null) flashFader.forget(changed);
    };
  }, []);
  return (
    <span data-testid={testId}>
      {text.slice(0, from)}
      <span ref={changedRef} className={cx('changed')}>
        {text.slice(from)}
      </span>
    </span>
  );
}
