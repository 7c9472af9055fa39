/** One of several things that can be done, in the language of the moment. */
export interface Choice {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** Other words that it is found by. */
  readonly keywords?: string;
  /** What is done when it is chosen, or what is asked next. */
  readonly leadsTo: (() => void) | ChoicePage;
}

/** A question that the palette asks. */
export interface ChoicePage {
  readonly question: () => string;
  /** As they are when it is asked. */
  readonly choices: () => readonly Choice[];
}

/** Asks once more before something that cannot be taken back; what comes first keeps all as it is. */
export const confirming = (
  question: string,
  { keep, confirm }: { readonly keep: string; readonly confirm: string },
  work: () => void,
): ChoicePage => ({
  question: () => question,
  choices: () => [
    { id: 'keep', title: keep, leadsTo: () => undefined },
    { id: 'confirm', title: confirm, leadsTo: work },
  ],
});
