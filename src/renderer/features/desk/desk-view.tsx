import { useEffect, useState } from 'react';
import { useHubClient } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { AnnouncementsColumn } from './announcements-column.tsx';
import { ChatColumn } from './chat-column.tsx';
import styles from './desk.module.css';
import { DeskSession } from './desk-session.ts';

const cx = bindClassNames(styles);

/** What is said on this hub: to everyone by its owner, and among the people on it. */
export function DeskView() {
  const client = useHubClient();
  const [session] = useState(() => new DeskSession(client));
  useEffect(() => session.start(), [session]);
  return (
    <div className={cx('desk')}>
      <AnnouncementsColumn session={session} />
      <ChatColumn session={session} />
    </div>
  );
}
