import { useTranslation } from 'react-i18next';
import type { InstrumentId } from '#domain/instrument.ts';
import { useMarket } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/use-now.ts';
import { feedHealth } from './feed-health.ts';

const LINE_EVERY_MS = 10_000;

/** How the feed is that carries a bot's instrument, in a word; in full for who points at it. */
export function BotFeedBadge({ instrumentId }: { readonly instrumentId: InstrumentId }) {
  const { t } = useTranslation('bots');
  const instrument = useMarket((state) => state.instrumentFeeds[instrumentId]);
  const feed = useMarket((state) => state.feeds.find(({ id }) => id === instrument?.feedId));
  const offline = useOffline();
  const now = useNow(LINE_EVERY_MS);
  if (offline !== null) {
    return (
      <Badge tone="down" title={offline.detail}>
        {t('feed.unknown')}
      </Badge>
    );
  }
  const carrier = instrument === undefined || feed === undefined ? null : { instrument, feed };
  const { label, tone, title } = feedHealth(instrumentId, carrier, now);
  return (
    <Badge tone={tone} title={title}>
      {label}
    </Badge>
  );
}
