import { z } from 'zod';
import { candleSchema } from '#contract/model.ts';

const FORM = 1;

/** What a runner keeps for a restart: the strategy's own state, and where its candles and timer stand. */
const runnerStateSchema = z.object({
  runner: z.literal(FORM),
  hasStarted: z.boolean(),
  candle: candleSchema.nullable(),
  timerDue: z.number().nullable(),
  strategy: z.unknown().optional(),
});
export type RunnerState = Omit<z.output<typeof runnerStateSchema>, 'runner'>;

const FRESH: RunnerState = { hasStarted: false, candle: null, timerDue: null, strategy: undefined };

export const writeRunnerState = (state: RunnerState): unknown => ({ runner: FORM, ...state });

/** What was written before runners kept a state of their own is the strategy's alone. */
export function readRunnerState(saved: unknown): RunnerState {
  if (saved === undefined || saved === null) return FRESH;
  const read = runnerStateSchema.safeParse(saved);
  return read.success ? read.data : { ...FRESH, hasStarted: true, strategy: saved };
}
