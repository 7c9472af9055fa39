import { z } from 'zod';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { Ledger } from '#main/storage/ledger.ts';

const SETTING = 'demoBotCreated';

/** A tight grid, so that its first fill comes within half a minute. */
const DEMO_BOT = {
  name: 'Demo grid',
  strategy: 'grid',
  instrumentId: 'demo:BTC/USDT' as InstrumentId,
  params: { levels: 8, spacingBps: 1.5, quantity: '0.02' },
  initialCash: '10000' as DecimalString,
  ...DEFAULT_BOT_SETTINGS,
  start: true,
};

/** Gives a first-time user one running bot to look at, once: deleted, it does not come back. */
export function createDemoBotOnce(bots: Fleet, settings: Ledger['settings']): void {
  if (settings.get(SETTING, z.boolean()) === true || bots.ids().length > 0) return;
  const created = bots.create(DEMO_BOT);
  if (created.ok) settings.set(SETTING, true);
}
