import { createStore } from 'zustand/vanilla';
import type { CurrencyBalance } from '#domain/balance.ts';

export interface BalanceState {
  /** All bots together, by currency; null until the hub has told, or where it does not tell us. */
  readonly balances: readonly CurrencyBalance[] | null;
}

export const createBalanceStore = () => createStore<BalanceState>(() => ({ balances: null }));
export type BalanceStore = ReturnType<typeof createBalanceStore>;
