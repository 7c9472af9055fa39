import { useTranslation } from 'react-i18next';
import type { BotConfig } from '#domain/bot.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDateTime, formatMoney, NOTHING } from '../../ui/format.ts';
import styles from './bot-parameters.module.css';
import { useStrategies } from './use-strategies.ts';

const cx = bindClassNames(styles);

type Kept = 'id' | 'createdTime' | 'archivedTime';

/** A bot of ours, or one that was only played. */
type DecidedBot = Omit<BotConfig, Kept | 'makerFeeBps' | 'takerFeeBps'> &
  Partial<Pick<BotConfig, Kept | 'makerFeeBps' | 'takerFeeBps'>>;

/** What the user decided about the bot. */
export function BotParameters({ config }: { readonly config: DecidedBot }) {
  const { t } = useTranslation('bots');
  const { strategies } = useStrategies();
  const strategy = strategies?.find((one) => one.id === config.strategy);
  const rows = [
    [t('form.strategy'), strategy?.name ?? config.strategy],
    ...Object.entries(config.params).map(([name, value]) => {
      const parameter = strategy?.parameters.find((one) => one.name === name);
      return [parameter?.label ?? name, `${value} ${parameter?.unit ?? ''}`];
    }),
    [t('form.initialCash'), formatMoney(config.initialCash)],
    [
      t('columns.fees'),
      t('parameters.fees', {
        maker: config.makerFeeBps ?? NOTHING,
        taker: config.takerFeeBps ?? NOTHING,
      }),
    ],
    [t('settings.latencyMs.label'), `${config.latencyMs} ms`],
    [t('settings.slippageBps.label'), `${config.slippageBps} bps`],
    [t('settings.leverage.label'), `× ${config.leverage}`],
    ...(config.createdTime === undefined
      ? []
      : [[t('parameters.created'), formatDateTime(config.createdTime)]]),
    ...(config.id === undefined ? [] : [[t('parameters.id'), config.id]]),
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
