import type { BotConfig } from '#domain/bot.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDateTime, formatMoney } from '../../ui/format.ts';
import styles from './bot-parameters.module.css';
import { useStrategies } from './use-strategies.ts';

const cx = bindClassNames(styles);

/** What the user decided about the bot. */
export function BotParameters({ config }: { readonly config: BotConfig }) {
  const { strategies } = useStrategies();
  const strategy = strategies?.find((one) => one.id === config.strategy);
  const rows = [
    ['Strategy', strategy?.name ?? config.strategy],
    ...Object.entries(config.params).map(([name, value]) => {
      const parameter = strategy?.parameters.find((one) => one.name === name);
      return [parameter?.label ?? name, `${value} ${parameter?.unit ?? ''}`];
    }),
    ['Initial cash', formatMoney(config.initialCash)],
    ['Fees', `maker ${config.makerFeeBps} bps, taker ${config.takerFeeBps} bps`],
    ['Created', formatDateTime(config.createdTime)],
    ['Id', config.id],
  ];
  return (
    <dl className={cx('list')}>
      {rows.map(([label, value]) => (
        <div key={label} className={cx('row')}>
          <dt className={cx('label')}>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
