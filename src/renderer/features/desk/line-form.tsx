import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import { usePanelAnswers } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './desk.module.css';

const cx = bindClassNames(styles);

export interface LineFormProps {
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly action: string;
  /** Of the input; the button's is the same with `-send`. */
  readonly testId: string;
  readonly onSend: (text: string) => Promise<Result<unknown>>;
  /** What a command asks for that wants to write it. */
  readonly ask: string;
  /** Between the line and its button. */
  readonly children?: ReactNode;
}

/** One line to say, gone once it is said; why it could not be stands below it. */
export function LineForm(props: LineFormProps) {
  const { label, placeholder, maxLength, action, testId, onSend, ask, children } = props;
  const inputRef = useRef<HTMLInputElement>(null);
  usePanelAnswers({ [ask]: () => inputRef.current?.focus() });
  const [text, setText] = useState('');
  const { isBusy, error, run } = useCommand();
  const isEmpty = text.trim() === '';
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty && (await run(() => onSend(text)))) setText('');
  };
  return (
    <form className={cx('say')} onSubmit={(event) => void send(event)}>
      <input
        ref={inputRef}
        className={cx('input')}
        aria-label={label}
        placeholder={placeholder}
        data-testid={testId}
        maxLength={maxLength}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {children}
      <Button type="submit" testId={`${testId}-send`} disabled={isBusy || isEmpty}>
        {action}
      </Button>
      {error !== null && (
        <span className={cx('error')} role="alert">
          {error}
        </span>
      )}
    </form>
  );
}
