import { z } from 'zod';
import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import { isDecimalString } from '#domain/decimal.ts';

const texts = {
  title: z.string().trim().min(1).max(80),
  description: z.string().trim().min(1).max(1_000).default('Of the user’s own making.'),
  unit: z.string().max(16).default(''),
};
const numbers = { minimum: z.number().optional(), maximum: z.number().optional() };

const parameterSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), ...texts, ...numbers, default: z.number() }),
  z.strictObject({ type: z.literal('integer'), ...texts, ...numbers, default: z.int() }),
  z.strictObject({
    ...{ type: z.literal('decimal'), ...texts },
    default: z.string().refine(isDecimalString, 'not a decimal'),
  }),
  z.strictObject({ type: z.literal('boolean'), ...texts, default: z.boolean() }),
  z.strictObject({
    type: z.literal('choice'),
    ...texts,
    options: z.array(z.string().min(1)).min(1).max(50),
    default: z.string(),
  }),
]);
export type UserParameter = z.output<typeof parameterSchema>;

const ofParameter = z.strictObject({
  parameter: z.string(),
  times: z.number().positive().default(1),
});
const MOST_CANDLES = 5_000;

const wishesSchema = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().min(1).max(2_000),
  parameters: z
    .record(
      z.string().regex(/^[a-zA-Z]\w{0,39}$/, 'not a name of letters and digits'),
      parameterSchema,
    )
    .default({}),
  candles: z
    .union([z.enum(CANDLE_INTERVALS), z.strictObject({ parameter: z.string() })])
    .nullable()
    .default(null),
  warmUpCandles: z.union([z.int().min(0).max(MOST_CANDLES), ofParameter]).optional(),
  timerSeconds: z.union([z.number().positive(), ofParameter]).nullable().default(null),
  stateVersion: z.int().default(1),
});

/** What a module says of itself: plain data, so that nobody has to run the module to know it. */
const manifestSchema = z.object({
  ...wishesSchema.shape,
  /** The callbacks that it has. */
  hears: z.array(z.string()),
  hasIndicators: z.boolean(),
});
export type Manifest = z.output<typeof manifestSchema>;

/** Warm-up of a module with indicators that does not say how much it wants. */
const USUAL_WARM_UP = 500;

/** What is wrong with a module's account of itself, and the keys that lead to it where it is one of them. */
interface Unsound {
  readonly wrong: string;
  readonly keys: readonly string[];
}

/** Reads a module's own account of itself. */
export function readManifest(exported: object, hears: readonly string[]): Manifest | Unsound {
  const hasIndicators = 'indicators' in exported && exported.indicators !== undefined;
  const parsed = manifestSchema.safeParse({ ...exported, hears, hasIndicators });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const keys = (issue?.path ?? []).map(String);
    const wrong = `${keys.join('.') || 'the module'}: ${issue?.message ?? 'invalid'}`;
    return { wrong, keys };
  }
  const wrong = contradictionIn(parsed.data);
  return wrong === null ? parsed.data : { wrong, keys: [] };
}

function contradictionIn(manifest: Manifest): string | null {
  const { parameters, candles, warmUpCandles, timerSeconds, hears } = manifest;
  for (const wish of [candles, warmUpCandles, timerSeconds]) {
    if (typeof wish !== 'object' || wish === null) continue;
    if (!Object.hasOwn(parameters, wish.parameter)) {
      return `${wish.parameter}: there is no such parameter`;
    }
  }
  if (typeof candles === 'object' && candles !== null) {
    const parameter = parameters[candles.parameter];
    const options = parameter?.type === 'choice' ? parameter.options : [];
    if (options.length === 0 || !options.every(isInterval)) {
      return `${candles.parameter}: must be a choice of intervals, such as 1m`;
    }
  }
  const usesCandles = hears.includes('onCandle') || manifest.hasIndicators;
  if (usesCandles && candles === null) return 'candles: say of which interval they are to be';
  if (hears.includes('onTimer') && timerSeconds === null) return 'timerSeconds: say how often';
  return null;
}

const isInterval = (text: string): text is CandleInterval =>
  CANDLE_INTERVALS.some((interval) => interval === text);

type Parameters = Readonly<Record<string, unknown>>;

export function candlesOf({ candles }: Manifest, parameters: Parameters): CandleInterval | null {
  if (candles === null || typeof candles === 'string') return candles;
  const chosen = String(parameters[candles.parameter]);
  return isInterval(chosen) ? chosen : null;
}

export function warmUpOf(manifest: Manifest, parameters: Parameters): number {
  const usual = manifest.hasIndicators ? USUAL_WARM_UP : 0;
  const { warmUpCandles = usual } = manifest;
  return Math.min(MOST_CANDLES, Math.ceil(figureOf(warmUpCandles, parameters)));
}

/** In milliseconds; at least one, so that it comes to an end. */
export function timerOf({ timerSeconds }: Manifest, parameters: Parameters): number | null {
  if (timerSeconds === null) return null;
  return Math.max(1, Math.round(figureOf(timerSeconds, parameters) * 1_000));
}

function figureOf(wish: number | z.output<typeof ofParameter>, parameters: Parameters): number {
  if (typeof wish === 'number') return wish;
  const figure = Number(parameters[wish.parameter]);
  return Number.isFinite(figure) ? Math.max(0, figure * wish.times) : 0;
}
