import { memo } from 'react';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './sparkline.module.css';
import { sparklinePath } from './sparkline-path.ts';

const cx = bindClassNames(styles);

const WIDTH = 44;
const HEIGHT = 16;

/** The last hour in a stroke. Decoration beside the figures, so it is not read out. */
export const Sparkline = memo(function Sparkline({ prices }: { prices: readonly number[] }) {
  const first = prices[0] ?? 0;
  const last = prices.at(-1) ?? 0;
  return (
    <svg
      className={cx('sparkline', last >= first ? 'up' : 'down')}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      aria-hidden="true"
    >
      <polyline points={sparklinePath(prices, WIDTH, HEIGHT)} />
    </svg>
  );
});
