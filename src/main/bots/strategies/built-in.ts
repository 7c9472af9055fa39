import type { StrategyDefinition } from '../strategy.ts';
import { dcaStrategy } from './dca.ts';
import { donchianBreakoutStrategy } from './donchian-breakout.ts';
import { gridStrategy } from './grid.ts';
import { movingAverageCrossStrategy } from './moving-average-cross.ts';
import { rsiReversionStrategy } from './rsi-reversion.ts';

/** The strategies that come with Tapedeck, in the order in which they are shown. */
export const BUILT_IN_STRATEGIES: readonly StrategyDefinition[] = [
  gridStrategy,
  dcaStrategy,
  movingAverageCrossStrategy,
  rsiReversionStrategy,
  donchianBreakoutStrategy,
];
