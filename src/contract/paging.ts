import { z } from 'zod';

export const limit = (most: number) => z.number().int().min(1).max(most);

/** A cursor into a list ordered by time, then id: what the last item of the page before said. */
export const pageOf = (most: number) => ({
  limit: limit(most).default(100),
  before: z.string().max(200).optional(),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextBefore: z.string().nullable() });
