import type { Alert } from '#domain/alert.ts';
import type { BotState } from '../../stores/bot-store.ts';

/** The thing that an alert fired about; null: the hub itself. */
export function alertSubject(
  { labels }: Pick<Alert, 'labels'>,
  bots: BotState['bots'],
): string | null {
  if (labels.bot !== undefined) return bots[labels.bot]?.config.name ?? labels.bot;
  return labels.instrument ?? labels.exchange ?? null;
}
