import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { journalEntry } from '../../stores/journal.fixture.ts';
import { withEdited } from './with-edited.ts';

const note = (id: string, createdTime: number) =>
  journalEntry(id, id, { createdTime: createdTime as EpochMs });
const edited = (...entries: ReturnType<typeof note>[]) =>
  new Map(entries.map((entry) => [entry.id, entry]));

describe('the notes of the journal', () => {
  it('are with those of which something is typed, each in its place and once', () => {
    const found = [note('n3', 3), note('n1', 1)];
    const shown = withEdited(found, edited(note('n2', 2), note('n3', 3)));
    expect(shown.map(({ id }) => id)).toEqual(['n3', 'n2', 'n1']);
  });

  it('are shown as they were found: what another window has changed is seen', () => {
    const changed = { ...note('n1', 1), text: 'changed' };
    expect(withEdited([changed], edited(note('n1', 1)))).toEqual([changed]);
  });
});
