import type { BotState } from '#domain/bot.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';

const TONES: Readonly<Record<BotState, BadgeTone>> = {
  running: 'up',
  paused: 'neutral',
  stopped: 'neutral',
  error: 'down',
  silent: 'warning',
};

export interface BotStateBadgeProps {
  readonly state: BotState;
  /** Why it is in error. */
  readonly error: string | null;
}

export const BotStateBadge = ({ state, error }: BotStateBadgeProps) => (
  <Badge tone={TONES[state]} {...(error === null ? {} : { title: error })}>
    {state}
  </Badge>
);
