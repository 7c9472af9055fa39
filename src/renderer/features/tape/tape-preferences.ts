import { z } from 'zod';

/** What a print's size is measured in: the usual size of the market, the base or the quote currency. */
export const SIZE_UNITS = ['median', 'base', 'quote'] as const;

/** `price`: prints of one side at one price are one row. `sweep`: of one side at any price. */
export const AGGREGATIONS = ['off', 'price', 'sweep'] as const;

/** Whether positions that the exchange closed by force stand between the prints, alone, or not at all. */
export const LIQUIDATION_VIEWS = ['shown', 'only', 'hidden'] as const;

export const MOST_LEVELS = 4;
export const MOST_SIZE = 1e12;

const levelSizeSchema = z.number().positive().max(MOST_SIZE);
const leastSizeSchema = z.number().min(0).max(MOST_SIZE);
export const isLevelSize = (size: number): boolean => levelSizeSchema.safeParse(size).success;
export const isLeastSize = (size: number): boolean => leastSizeSchema.safeParse(size).success;

/** From this size on a row stands out. */
const levelSchema = z.object({
  from: levelSizeSchema,
  /** `#rrggbb`; null: the colour of the aggressor's side. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
});
export type TapeLevel = z.infer<typeof levelSchema>;

const DEFAULT_LEVELS: readonly TapeLevel[] = [
  { from: 10, color: null },
  { from: 50, color: null },
];

/** What a tape panel remembers. */
export const tapePreferencesSchema = z.object({
  unit: z.enum(SIZE_UNITS).catch('median'),
  /** In the unit; smaller rows are not shown. */
  hideBelow: leastSizeSchema.catch(0),
  /** Smallest first. */
  levels: z
    .array(levelSchema)
    .max(MOST_LEVELS)
    .transform((levels) => levels.toSorted((a, b) => a.from - b.from))
    .catch(() => [...DEFAULT_LEVELS]),
  aggregation: z.enum(AGGREGATIONS).catch('off'),
  /** Later prints begin a new row. */
  windowMs: z.number().int().min(1).max(10_000).catch(100),
  liquidations: z.enum(LIQUIDATION_VIEWS).catch('shown'),
  isSoundOn: z.boolean().catch(false),
  /** The lowest level that is heard, counted from 1; 0: every row. */
  soundFrom: z.number().int().min(0).max(MOST_LEVELS).catch(1),
  /** Every liquidation that is shown, too. */
  hearsLiquidations: z.boolean().catch(true),
  volume: z.number().min(0).max(1).catch(0.3),
});
export type TapePreferences = z.infer<typeof tapePreferencesSchema>;

/** What decides which rows there are: with another one of these the tape is made anew. */
export type TapeRules = Pick<
  TapePreferences,
  'unit' | 'hideBelow' | 'levels' | 'aggregation' | 'windowMs' | 'liquidations'
>;

export const DEFAULT_TAPE_PREFERENCES: TapePreferences = tapePreferencesSchema.parse({});

/** The lowest level that is heard: one that was removed since is heard from the highest of the others. */
export const heardFrom = ({ soundFrom, levels }: Pick<TapePreferences, 'soundFrom' | 'levels'>) =>
  Math.min(soundFrom, levels.length);
