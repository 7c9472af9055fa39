import { describe, expect, it } from 'vitest';
import { draftOfNote, followNote, isNoteContested } from './note-draft.ts';

describe('a note that is edited in two windows', () => {
  const draft = draftOfNote('Bought');

  it('shows what the other has made of it, while nothing is typed here', () => {
    const followed = followNote(draft, 'Bought too early');
    expect(followed.text).toBe('Bought too early');
    expect(isNoteContested(followed, 'Bought too early')).toBe(false);
  });

  it('keeps what is typed here, and says that both have changed it', () => {
    const typed = { ...draft, text: 'Bought too late' };
    const followed = followNote(typed, 'Bought too early');
    expect(followed).toBe(typed);
    expect(isNoteContested(followed, 'Bought too early')).toBe(true);
  });

  it('says nothing where both have made the same of it, or only one has changed it', () => {
    const typed = { ...draft, text: 'Bought too late' };
    expect(isNoteContested(typed, 'Bought too late')).toBe(false);
    expect(isNoteContested(typed, 'Bought')).toBe(false);
  });
});
