import { z } from 'zod';
import type { JournalEntry } from '#domain/journal.ts';
import { botIdSchema, epochMsSchema, fillIdSchema, instrumentIdSchema } from './model.ts';

/** So that an entry fits into one message (rule H4), whatever script it is written in. */
const MOST_CHARACTERS = 2_500;
/** Base64; of a picture that is sent in parts. */
const PART_CHARACTERS = 8_000;
const MOST_PARTS = 128;

const dateSchema = z.iso
  .date()
  .meta({ description: 'A day, as its writer counts days', examples: ['2026-11-28'] });
const entryIdSchema = z.string().min(1).max(64);

export const journalSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day'), date: dateSchema }),
  z.strictObject({
    kind: z.literal('fill'),
    botId: botIdSchema,
    fillId: fillIdSchema,
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

export const journalEntrySchema = z.object({
  id: entryIdSchema,
  subject: journalSubjectSchema,
  instrumentId: instrumentIdSchema.nullable(),
  text: z.string(),
  hasSnapshot: z.boolean(),
  createdTime: epochMsSchema,
  updatedTime: epochMsSchema,
}) satisfies z.ZodType<JournalEntry>;

/** Notes of a user's own. Merged into `requestSchemas`. */
export const journalRequestSchemas = {
  /** Newest first. */
  'journal.list': {
    params: z.strictObject({
      /** Looked for in the text, in any case. */
      search: z.string().trim().max(200).default(''),
      date: dateSchema.optional(),
      fillId: fillIdSchema.optional(),
      limit: z.number().int().min(1).max(500).default(100),
      before: z.string().max(200).optional(),
    }),
    result: z.object({ items: z.array(journalEntrySchema), nextBefore: z.string().nullable() }),
  },
  /** The fills of a bot that have notes, those of the newest notes first; at most 5,000. */
  'journal.marks': {
    params: z.strictObject({ botId: botIdSchema }),
    result: z.object({ fillIds: z.array(z.string()) }),
  },
  'journal.write': {
    params: z.strictObject({
      subject: journalSubjectSchema.default({ kind: 'none' }),
      instrumentId: instrumentIdSchema.nullable().default(null),
      text: z.string().trim().min(1).max(MOST_CHARACTERS),
    }),
    result: journalEntrySchema,
  },
  'journal.rewrite': {
    params: z.strictObject({
      entryId: entryIdSchema,
      text: z.string().trim().min(1).max(MOST_CHARACTERS),
    }),
    result: journalEntrySchema,
  },
  'journal.remove': {
    params: z.strictObject({ entryId: entryIdSchema }),
    result: z.object({ entryId: entryIdSchema }),
  },
  /**
   * A picture (PNG or WebP) in parts, each small enough for one message, in order. It is there when
   * the last part was taken, and replaces the one before.
   */
  'journal.attach': {
    params: z
      .strictObject({
        entryId: entryIdSchema,
        /** From 0. */
        part: z.number().int().min(0),
        parts: z.number().int().min(1).max(MOST_PARTS),
        /** Base64. */
        data: z.base64().min(1).max(PART_CHARACTERS),
      })
      .refine(({ part, parts }) => part < parts, 'part: beyond the last one'),
    result: z.object({ isComplete: z.boolean() }),
  },
  'journal.snapshot': {
    params: z.strictObject({ entryId: entryIdSchema }),
    result: z.object({ mediaType: z.enum(['image/png', 'image/webp']), data: z.base64() }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
