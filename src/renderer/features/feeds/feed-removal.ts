import type { Result } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { translator } from '../../i18n/i18n.ts';
import type { Notices } from '../../stores/notices.ts';

export interface FeedRemoval {
  readonly client: Pick<HubClient, 'request'>;
  readonly notices: Pick<Notices, 'sayOf'>;
}

/** At once; it can be taken back. */
export function removeFeed(
  { client, notices }: FeedRemoval,
  { id, spec }: Pick<FeedStatus, 'id' | 'spec'>,
): Promise<Result<unknown>> {
  return notices.sayOf(client.request('feeds.remove', { feedId: id }), ({ ok }) =>
    ok
      ? {
          text: () => translator('feeds')('removed', { spec }),
          undo: () => client.request('feeds.add', { spec }),
        }
      : null,
  );
}
