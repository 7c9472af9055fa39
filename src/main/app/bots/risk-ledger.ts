import { z } from 'zod';
import { epochMsSchema } from '#contract/model.ts';
import type { KillState, RiskStore } from '#main/bots/risk/risk-desk.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { changeSettings, readSettings } from '../settings.ts';

const KILL_SWITCH = 'killSwitch';

const killStateSchema = z.object({
  engagedTime: epochMsSchema,
  reason: z.string(),
  flatten: z.boolean(),
}) satisfies z.ZodType<KillState>;

/** The switch and the limits of all bots together, in the ledger. */
export const riskLedger = ({ settings }: Pick<Ledger, 'settings'>): RiskStore => ({
  killState: () => settings.get(KILL_SWITCH, killStateSchema),
  saveKillState: (state) => {
    if (state) settings.set(KILL_SWITCH, state);
    else settings.remove(KILL_SWITCH);
  },
  globalLimits: () => readSettings(settings).riskLimits,
  saveGlobalLimits: (riskLimits) => void changeSettings(settings, { riskLimits }),
});
