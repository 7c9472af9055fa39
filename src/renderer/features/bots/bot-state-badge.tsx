import { useTranslation } from 'react-i18next';
import type { BotState, BotStatus } from '#domain/bot.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';

const TONES: Readonly<Record<BotState, BadgeTone>> = {
  running: 'up',
  paused: 'neutral',
  stopped: 'neutral',
  error: 'down',
  silent: 'warning',
};

/** What it is doing, and why where there is more to say. */
export function BotStateBadge({
  status: { state, error, reason },
}: {
  readonly status: Pick<BotStatus, 'state' | 'error' | 'reason'>;
}) {
  const { t } = useTranslation('bots');
  const words = useHubWords();
  const why = error ?? reason;
  return (
    <Badge tone={TONES[state]} {...(why === null ? {} : { title: words(why) })}>
      {t(`states.${state}`)}
    </Badge>
  );
}
