import type { DurableHistory } from '#main/broker/durable-history.ts';
import type { ChannelLogRepository } from '#main/storage/channel-log-repository.ts';
import type { Log } from '#main/telemetry/log.ts';

/**
 * The durable channels' history where its disk may be full: what cannot be written is not told over its
 * channel, since the next that can would have the same offset; whoever publishes goes on.
 */
export const durableChannels = (history: ChannelLogRepository, log: Log): DurableHistory => ({
  ...history,
  append: (item, timestamp) => {
    try {
      return history.append(item, timestamp);
    } catch (err) {
      log.error({ err, of: item.of }, 'a publication cannot be kept, nor told');
      return undefined;
    }
  },
});
