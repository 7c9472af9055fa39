import type { Announcement } from '#domain/announcement.ts';
import { askHub, type HubPlace } from './hub-request.ts';
import { answer, tell } from './terminal.ts';

export interface AnnounceCommand extends HubPlace {
  readonly severity: Announcement['severity'];
  readonly body: string;
}

/** Has the running hub tell everyone on it, prints the id, and gives the exit code. */
export async function announce(title: string, command: AnnounceCommand): Promise<number> {
  const { severity, body } = command;
  const sent = await askHub(command, 'announcements.send', { title, body, severity });
  if (sent.ok) answer(sent.value.id);
  else tell(sent.error.message);
  return sent.ok ? 0 : 1;
}
