import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './desk.module.css';
import type { DeskSession } from './desk-session.ts';
import { LineForm } from './line-form.tsx';

const cx = bindClassNames(styles);

const DAY_CHECK_MS = 60_000;
const MOST_LENGTH = 1_000;

interface ChatColumnProps {
  readonly session: DeskSession;
}

/** The chat of the people on this hub. */
export function ChatColumn({ session }: ChatColumnProps) {
  const { t } = useTranslation('desk');
  const { messages, userIds, refusal } = useStore(session.store);
  return (
    <section className={cx('column')} aria-label={t('chat')}>
      <LineForm
        label={t('message')}
        placeholder={t('sayPlaceholder')}
        maxLength={MOST_LENGTH}
        action={t('say')}
        testId="desk-text"
        ask="desk.say"
        onSend={(text) => session.say(text)}
      />
      <p className={cx('presence')} data-testid="desk-presence">
        {refusal ?? t('here', { people: userIds.join(', ') })}
      </p>
      {messages.length === 0 ? (
        <EmptyState text={t('nothingSaid')} />
      ) : (
        <Messages messages={messages} />
      )}
    </section>
  );
}

interface MessagesProps {
  readonly messages: ReturnType<DeskSession['store']['getState']>['messages'];
}

function Messages({ messages }: MessagesProps) {
  const { t } = useTranslation('desk');
  const now = useNow(DAY_CHECK_MS);
  const list = useRef<HTMLOListElement>(null);
  const lastId = messages.at(-1)?.id;
  useEffect(() => {
    if (lastId !== undefined) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lastId]);
  return (
    <ol ref={list} className={cx('lines')} aria-label={t('messages')} aria-live="polite">
      {messages.map(({ id, userId, text, time }) => (
        <li key={id} className={cx('line')} data-testid="desk-message">
          <time className={cx('quiet')}>{formatTime(time, now)}</time>
          <span className={cx('who')}>{userId}</span>
          <span className={cx('text')}>{text}</span>
        </li>
      ))}
    </ol>
  );
}
