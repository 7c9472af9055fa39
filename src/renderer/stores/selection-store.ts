import { createStore } from 'zustand/vanilla';
import type { RevealTarget } from '#contract/bridge.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';

/** A fill that was gone to; each time it is another object. */
export interface RevealedFill {
  readonly fillId: string;
  /** Null where only its id is known. */
  readonly fill: Fill | null;
}

/** What the user looks at, in the panels of one link group. */
export interface SelectionState {
  readonly selectedInstrumentId: InstrumentId | null;
  readonly selectedBotId: string | null;
  /** Shown in the bot's table and on the chart. */
  readonly revealed: RevealedFill | null;
}

export const createSelectionStore = () =>
  createStore<SelectionState>(() => ({
    selectedInstrumentId: null,
    selectedBotId: null,
    revealed: null,
  }));
export type SelectionStore = ReturnType<typeof createSelectionStore>;

export function selectInstrument(store: SelectionStore, id: InstrumentId): void {
  store.setState({ selectedInstrumentId: id });
}

/** `instrumentId`: what the bot trades, where it is to be seen on the chart, too. */
export function selectBot(
  store: SelectionStore,
  botId: string | null,
  instrumentId?: InstrumentId,
): void {
  store.setState({
    selectedBotId: botId,
    revealed: null,
    ...(instrumentId !== undefined && { selectedInstrumentId: instrumentId }),
  });
}

/** Goes to a fill that one sees in a list. */
export function selectFill(store: SelectionStore, fill: Fill): void {
  store.setState({
    selectedBotId: fill.botId,
    selectedInstrumentId: fill.instrumentId,
    revealed: { fillId: fill.id, fill },
  });
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
    revealed: target.fillId === undefined ? null : { fillId: target.fillId, fill: null },
  });
}
