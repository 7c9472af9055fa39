import { createStore } from 'zustand/vanilla';
import type { RiskView } from '#contract/risk-requests.ts';

/** The kill switch and the limits of all bots together; null until the hub has told them. */
export const createRiskStore = () =>
  createStore<{ readonly risk: RiskView | null }>(() => ({ risk: null }));
export type RiskStore = ReturnType<typeof createRiskStore>;
