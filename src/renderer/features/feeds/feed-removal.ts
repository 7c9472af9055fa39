import type { Result } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { translator } from '../../i18n/i18n.ts';
import type { Notices } from '../../stores/notices.ts';

export interface FeedRemoval {
  readonly client: Pick<HubClient, 'request'>;
  readonly notices: Pick<Notices, 'say'>;
}

/** At once; it can be taken back. */
export async function removeFeed(
  { client, notices }: FeedRemoval,
  { id, spec }: Pick<FeedStatus, 'id' | 'spec'>,
): Promise<Result<unknown>> {
  const reply = await client.request('feeds.remove', { feedId: id });
  if (reply.ok) {
    notices.say({
      text: () => translator('feeds')('removed', { spec }),
      undo: () => client.request('feeds.add', { spec }),
    });
  }
  return reply;
}
