import { createContext } from 'react';

/** Why a panel's content is not live, in a word and in a sentence. */
export interface NotLiveText {
  readonly label: string;
  readonly detail: string;
}

/** The dock's tab names a panel in it, and says why it is not live: nothing of it moves. */
export interface PanelFrame {
  readonly tellNotLive: (notLive: NotLiveText | null) => void;
}

/** Null: the panel stands alone, and has its title and its warning itself. */
export const PanelFrameContext = createContext<PanelFrame | null>(null);
