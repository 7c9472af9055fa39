import { createStore } from 'zustand/vanilla';
import type { RevealTarget } from '#contract/bridge.ts';
import type { InstrumentId } from '#domain/instrument.ts';

/** What the user looks at, in the panels of one link group. */
export interface SelectionState {
  readonly selectedInstrumentId: InstrumentId | null;
  readonly selectedBotId: string | null;
  /** The fill that a notification led to: shown in the bot's table and on the chart. */
  readonly revealedFillId: string | null;
}

export const createSelectionStore = () =>
  createStore<SelectionState>(() => ({
    selectedInstrumentId: null,
    selectedBotId: null,
    revealedFillId: null,
  }));
export type SelectionStore = ReturnType<typeof createSelectionStore>;

export function selectInstrument(store: SelectionStore, id: InstrumentId): void {
  store.setState({ selectedInstrumentId: id });
}

export function selectBot(store: SelectionStore, botId: string | null): void {
  store.setState({ selectedBotId: botId, revealedFillId: null });
}

/** Goes to what a notification is about; its bot's instrument is selected where it is known. */
export function reveal(
  store: SelectionStore,
  target: RevealTarget,
  instrumentId: InstrumentId | undefined,
): void {
  store.setState({
    ...(target.botId === undefined ? {} : { selectedBotId: target.botId }),
    ...(instrumentId === undefined ? {} : { selectedInstrumentId: instrumentId }),
    revealedFillId: target.fillId ?? null,
  });
}
