import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import type { FleetRecordStore } from '#main/bots/fleet-balance.ts';
import type { FleetRecord } from '#main/bots/fleet-drawdown.ts';
import type { Ledger } from '#main/storage/ledger.ts';

const FLEET_RECORDS = 'fleetRecords';

const fleetRecordSchema = z.object({
  pnl: decimalStringSchema,
  performance: z.object({ peakPnl: decimalStringSchema, maxDrawdown: decimalStringSchema }),
  members: z.record(z.string(), decimalStringSchema),
}) satisfies z.ZodType<FleetRecord>;

/** How far all bots together have been, in the ledger. */
export const fleetLedger = ({ settings }: Pick<Ledger, 'settings'>): FleetRecordStore => ({
  load: () => settings.get(FLEET_RECORDS, z.record(z.string(), fleetRecordSchema)) ?? {},
  save: (records) => settings.set(FLEET_RECORDS, records),
});
