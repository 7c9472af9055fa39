import { useCallback, useState } from 'react';
import type { z } from 'zod';
import { pageStorage } from './page-storage.ts';

/** What a panel remembers on this machine. What it cannot read any more begins at its default. */
export function readPreferences<T>(schema: z.ZodType<T>, text: string | null): T {
  try {
    const parsed = schema.safeParse(JSON.parse(text ?? '{}'));
    if (parsed.success) return parsed.data;
  } catch {
    // Written by hand, or by another version: it is as if nothing had been kept.
    return schema.parse({});
  }
  return schema.parse({});
}

/**
 * A panel's preferences and their change, kept under a key of the page's storage. Each field of the
 * schema has a default by `catch`, so that one that is damaged costs no other.
 */
export function usePreferences<T extends object>(
  key: string,
  schema: z.ZodType<T>,
): readonly [T, (change: Partial<T>) => void] {
  const name = `tapedeck:${key}`;
  const [kept, setKept] = useState(() => readPreferences(schema, pageStorage.read(name)));
  const change = useCallback(
    (part: Partial<T>) =>
      setKept((known) => {
        const next = { ...known, ...part };
        pageStorage.write(name, JSON.stringify(next));
        return next;
      }),
    [name],
  );
  return [kept, change];
}
