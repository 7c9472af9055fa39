import { translator } from '../../i18n/i18n.ts';
import { formatCount } from '../../ui/format.ts';

const t = translator('replay');

/** `1 trade`, `5,000 trades`. */
export const tradesText = (count: number): string =>
  t('trades', { count, amount: formatCount(count) });
