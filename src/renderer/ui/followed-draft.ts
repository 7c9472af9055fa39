import { useState } from 'react';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

interface Versions<Draft> {
  /** As it was when `mine` began to differ. */
  readonly was: Draft;
  readonly mine: Draft;
  readonly theirs: Draft;
}

/** Of two that changed the same thing: theirs, with what was typed here in its place. */
export function follow<Draft extends object>({
  was,
  mine,
  theirs,
}: Versions<Draft>): {
  readonly draft: Draft;
  /** Whether both have changed the same field, and not to the same. */
  readonly isContested: boolean;
} {
  let isContested = false;
  const fieldOf = (before: unknown, here: unknown, there: unknown): unknown => {
    if (isFields(here) && isFields(there)) {
      const known = isFields(before) ? before : {};
      const names = new Set([...Object.keys(here), ...Object.keys(there)]);
      return Object.fromEntries(
        [...names].map((name) => [name, fieldOf(known[name], here[name], there[name])]),
      );
    }
    if (isSame(here, before)) return there;
    if (!isSame(there, before) && !isSame(here, there)) isContested = true;
    return here;
  };
  return { draft: fieldOf(was, mine, theirs) as Draft, isContested };
}

/** The entries of `wanted` that are not those of `kept`: others may have changed the rest meanwhile. */
export const changedEntries = <Entries extends object>(
  kept: Entries,
  wanted: Entries,
): Partial<Entries> =>
  Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => !isSame(value, (kept as Readonly<Record<string, unknown>>)[name]),
    ),
  ) as Partial<Entries>;

/**
 * What is typed of something that another window may change meanwhile: fields that were left alone show
 * that change. Null: there is nothing to follow, it is new.
 */
export function useFollowedDraft<Draft extends object>(kept: Draft | null, fresh: () => Draft) {
  const [draft, setDraft] = useState(() => kept ?? fresh());
  const [was, setWas] = useState(kept);
  const [isContested, setIsContested] = useState(false);
  if (kept !== null && was !== null && !isSame(kept, was)) {
    const followed = follow({ was, mine: draft, theirs: kept });
    setWas(kept);
    setDraft(followed.draft);
    setIsContested(isContested || followed.isContested);
  }
  return { draft, setDraft, isContested };
}
