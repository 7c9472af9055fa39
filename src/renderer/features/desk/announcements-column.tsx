import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SEVERITIES, type Severity } from '#domain/notification.ts';
import { useHubClient } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './desk.module.css';
import type { DeskSession } from './desk-session.ts';
import { LineForm } from './line-form.tsx';

const cx = bindClassNames(styles);

const DAY_CHECK_MS = 60_000;
const MOST_TITLE_LENGTH = 200;
const SIGNS = { info: '●', warning: '▲', critical: '■' } as const;

interface AnnouncementsColumnProps {
  readonly session: DeskSession;
}

/** What the owner told everyone, newest first, and a line to tell more. */
export function AnnouncementsColumn({ session }: AnnouncementsColumnProps) {
  const { t } = useTranslation('desk');
  const announcements = useStore(session.store, (state) => state.announcements);
  const now = useNow(DAY_CHECK_MS);
  return (
    <section className={cx('column')} aria-label={t('announcements')}>
      <AnnouncementForm />
      {announcements.length === 0 && <EmptyState text={t('nothingAnnounced')} />}
      <ol className={cx('lines')} aria-label={t('announcementsNewestFirst')} aria-live="polite">
        {announcements.map(({ id, severity, title, body, createdTime }) => (
          <li key={id} className={cx('line')} data-testid="announcement-line">
            <span
              className={cx('sign', severity !== 'info' && severity)}
              role="img"
              aria-label={t(`severities.${severity}`)}
            >
              {SIGNS[severity]}
            </span>
            <time className={cx('quiet')}>{formatTime(createdTime, now)}</time>
            <span className={cx('text')}>{body === '' ? title : `${title} · ${body}`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function AnnouncementForm() {
  const { t } = useTranslation('desk');
  const client = useHubClient();
  const [severity, setSeverity] = useState<Severity>('info');
  return (
    <LineForm
      label={t('announcement')}
      placeholder={t('announcePlaceholder')}
      maxLength={MOST_TITLE_LENGTH}
      action={t('announce')}
      testId="announcement"
      ask="desk.announce"
      onSend={(title) => client.request('announcements.send', { title, severity })}
    >
      <select
        className={cx('input')}
        aria-label={t('severity')}
        data-testid="announcement-severity"
        value={severity}
        onChange={({ target }) => setSeverity(SEVERITIES.find((s) => s === target.value) ?? 'info')}
      >
        {SEVERITIES.map((one) => (
          <option key={one} value={one}>
            {t(`severities.${one}`)}
          </option>
        ))}
      </select>
    </LineForm>
  );
}
