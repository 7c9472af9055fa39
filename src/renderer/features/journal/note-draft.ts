/** The text of a note that is being edited. */
export interface NoteDraft {
  /** What it was when it was last the same as what is kept. */
  readonly was: string;
  readonly text: string;
}

export const draftOfNote = (kept: string): NoteDraft => ({ was: kept, text: kept });

/** As long as nothing was typed, it is what another window makes of the note. */
export const followNote = (draft: NoteDraft, kept: string): NoteDraft =>
  draft.text === draft.was && draft.was !== kept ? draftOfNote(kept) : draft;

/** Whether another window has changed what is being changed here, and not to the same. */
export const isNoteContested = ({ was, text }: NoteDraft, kept: string): boolean =>
  kept !== was && kept !== text;
