import { z } from 'zod';
import { candleIntervalSchema, epochMsSchema, instrumentIdSchema } from './model.ts';

/** Requests about the tape as a whole: what is on it, and the jobs that bring files in and out. */

/** What trades are read from. */
const TRADE_FORMATS = [
  'binanceTrades',
  'binanceAggTrades',
  'krakenTrades',
  'freqtradeTrades',
  'binanceStream',
  'csv',
] as const;
export type TradeFormat = (typeof TRADE_FORMATS)[number];

/** What an importer reads; `auto` looks into the file. */
export const IMPORT_FORMATS = [...TRADE_FORMATS, 'candles'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
const importFormatSchema = z.enum(IMPORT_FORMATS);

export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
const exportFormatSchema = z.enum(EXPORT_FORMATS);

/** `interrupted`: Tapedeck ended while it ran. What was read until then is on the tape. */
const jobStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'canceled', 'interrupted']);

/** A line that was left out, counted from 1 within the (unpacked) file. */
const badLineSchema = z.object({ line: z.number().int(), reason: z.string() });
export type BadLine = z.infer<typeof badLineSchema>;

/** How many bad lines are kept with a job, and how many of them a push carries. */
export const MOST_BAD_LINES = 100;
export const MOST_BAD_LINES_PUSHED = 10;

export const tapeJobSchema = z.object({
  id: z.string(),
  kind: z.enum(['import', 'export']),
  state: jobStateSchema,
  /** Absolute path. */
  file: z.string(),
  /** Null until it has been recognised. */
  format: z.union([importFormatSchema, exportFormatSchema]).nullable(),
  instrumentIds: z.array(instrumentIdSchema),
  /** 0 to 1; null while it cannot be told. */
  progress: z.number().min(0).max(1).nullable(),
  /** Import: read of the file as it lies on disk. Export: written. */
  bytesDone: z.number(),
  /** Of the file on disk; null for an export. */
  bytesTotal: z.number().nullable(),
  /** Import: new on the tape. Export: written. */
  trades: z.number().int(),
  /** Import of candles: new on the tape. Jobs of before there were any have none. */
  candles: z.number().int().default(0),
  /** Were on the tape already. Of candles, what came now stands. */
  duplicates: z.number().int(),
  badLines: z.number().int(),
  /** The first ones. */
  badLineSamples: z.array(badLineSchema),
  /** Times that run backwards from one line to the next: legal, and worth knowing. */
  backwards: z.number().int(),
  /** Trades whose side the file does not tell: taken by the tick rule. */
  inferredSides: z.number().int(),
  /** Why it failed, or what is worth knowing of what it did; else null. */
  message: z.string().nullable(),
  startedTime: epochMsSchema,
  endedTime: epochMsSchema.nullable(),
});
export type TapeJob = z.infer<typeof tapeJobSchema>;

const pathSchema = z.string().min(1).max(4_096);
const none = z.strictObject({}).optional();
const jobOnly = z.strictObject({ jobId: z.string().min(1).max(64) });

export const tapeRequestSchemas = {
  /** What is on the tape. */
  'tape.info': {
    params: none,
    result: z.object({
      instruments: z.array(
        z.object({
          instrumentId: instrumentIdSchema,
          trades: z.number().int(),
          firstTime: epochMsSchema,
          lastTime: epochMsSchema,
        }),
      ),
      /** Candles that files have brought, for backtests; in no way those of the trades above. */
      candles: z.array(
        z.object({
          instrumentId: instrumentIdSchema,
          interval: candleIntervalSchema,
          count: z.number().int(),
          /** Opening of the first and the last one. */
          firstTime: epochMsSchema,
          lastTime: epochMsSchema,
        }),
      ),
      /** On disk. */
      bytes: z.number(),
    }),
  },
  /** Copies the whole tape to a file of the hub's machine, while recording goes on. */
  'tape.backup': {
    params: z.strictObject({
      /** Absolute; nothing may be there yet. */
      file: pathSchema,
    }),
    result: z.object({ file: z.string(), bytes: z.number() }),
  },
  /**
   * Begins a job that reads a file of the hub's machine: trades, or candles of one interval. Importing a
   * file twice adds nothing.
   */
  'tape.import': {
    params: z.strictObject({
      /** Absolute. */
      file: pathSchema,
      format: z.enum(['auto', ...IMPORT_FORMATS]).default('auto'),
      /** Where the file does not tell. */
      instrumentId: instrumentIdSchema.optional(),
    }),
    result: tapeJobSchema,
  },
  /** Begins a job that writes a file on the hub's machine. */
  'tape.export': {
    params: z.strictObject({
      instrumentId: instrumentIdSchema,
      fromTime: epochMsSchema.optional(),
      /** Exclusive. */
      toTime: epochMsSchema.optional(),
      format: exportFormatSchema,
      /** Absolute. */
      file: pathSchema,
      /** Replaces a file that is there. */
      overwrite: z.boolean().default(false),
    }),
    result: tapeJobSchema,
  },
  /** Newest first, with all bad lines that are kept. */
  'tape.jobs': { params: none, result: z.object({ jobs: z.array(tapeJobSchema) }) },
  /** What an import has read stays on the tape; of an export nothing stays. */
  'tape.cancelJob': { params: jobOnly, result: tapeJobSchema },
  /** Runs a job again that was canceled, interrupted or failed: what is there already is passed over. */
  'tape.resumeJob': { params: jobOnly, result: tapeJobSchema },
} as const;
