import { z } from 'zod';

const savedModuleSchema = z.object({
  random: z.number(),
  /** The module's own. */
  state: z.unknown(),
  /** By name; null where they are to be computed anew. */
  indicators: z.record(z.string(), z.unknown()).nullable(),
});
/** What a module needs to go on. */
export type SavedModule = z.output<typeof savedModuleSchema>;

const keptSchema = z.object({
  stateVersion: z.number(),
  /** Of the source and the parameters with which the indicators were computed. */
  fingerprint: z.string(),
  module: savedModuleSchema,
});
/** The same in the ledger, with what it was written by. */
export type KeptModule = z.output<typeof keptSchema>;

/**
 * What a module takes over of what was kept: nothing of another version of its state; no indicators
 * where its source or its parameters have changed since.
 */
export function takeOver(
  kept: unknown,
  { stateVersion, fingerprint }: Omit<KeptModule, 'module'>,
): SavedModule | undefined {
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success || parsed.data.stateVersion !== stateVersion) return undefined;
  const { module } = parsed.data;
  return parsed.data.fingerprint === fingerprint ? module : { ...module, indicators: null };
}
