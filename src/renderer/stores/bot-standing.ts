import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { BotRecord } from './bot-store.ts';

type Standing = Pick<BotRecord, 'config' | 'status'>;

/** It runs here; others only report here. */
export const isOwn = ({ config }: Pick<Standing, 'config'>): boolean =>
  config.strategy !== EXTERNAL_STRATEGY;

export const isStopped = ({ status }: Pick<Standing, 'status'>): boolean =>
  status.state === 'stopped' || status.state === 'error';

/** Archived or deleted: of a bot that runs elsewhere the hub knows only that it has gone quiet. */
export const canBePutAway = (bot: Standing): boolean =>
  isStopped(bot) || (!isOwn(bot) && bot.status.state === 'silent');
