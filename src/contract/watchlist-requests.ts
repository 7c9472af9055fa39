import { z } from 'zod';
import type { WatchlistEdit, WatchlistGroup } from '#domain/watchlist.ts';
import { instrumentIdSchema, instrumentSchema } from './model.ts';
import { nameSchema } from './names.ts';

/** Requests about the order and the groups of what is watched. */

const groupIdSchema = z.string().regex(/^[a-z0-9-]{1,36}$/);
const groupNameSchema = nameSchema(60);

export const watchlistGroupSchema = z.object({
  id: groupIdSchema,
  /** Empty only of the group `main`, which is always there. */
  name: z.string().max(60),
  isCollapsed: z.boolean(),
  /** What no feed carries at the moment keeps its place. */
  instrumentIds: z.array(instrumentIdSchema),
}) satisfies z.ZodType<WatchlistGroup>;

const watchlistEditSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addGroup'), groupId: groupIdSchema, name: groupNameSchema }),
  z.strictObject({ kind: z.literal('renameGroup'), groupId: groupIdSchema, name: groupNameSchema }),
  /** Its instruments go to the end of `main`. */
  z.strictObject({ kind: z.literal('removeGroup'), groupId: groupIdSchema }),
  z.strictObject({
    kind: z.literal('collapseGroup'),
    groupId: groupIdSchema,
    isCollapsed: z.boolean(),
  }),
  /** `beforeId` null: to the end. */
  z.strictObject({
    kind: z.literal('moveGroup'),
    groupId: groupIdSchema,
    beforeId: groupIdSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('moveInstrument'),
    instrumentId: instrumentIdSchema,
    groupId: groupIdSchema,
    beforeId: instrumentIdSchema.nullable(),
  }),
  /** What no feed carries any more loses its place. */
  z.strictObject({ kind: z.literal('forgetInstrument'), instrumentId: instrumentIdSchema }),
]) satisfies z.ZodType<WatchlistEdit>;

const watchlistSchema = z.object({
  /** In the watchlist's order. */
  instruments: z.array(instrumentSchema),
  /** Every instrument is in one of them. */
  groups: z.array(watchlistGroupSchema),
});

export const watchlistRequestSchemas = {
  'watchlist.get': { params: z.strictObject({}).optional(), result: watchlistSchema },
  /** Changes made one after the other: all of them, or none where one cannot be. */
  'watchlist.set': {
    params: z.strictObject({ edits: z.array(watchlistEditSchema).min(1).max(50) }),
    result: watchlistSchema,
  },
} as const;
