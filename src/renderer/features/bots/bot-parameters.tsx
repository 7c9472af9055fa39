import { useTranslation } from 'react-i18next';
import type { BotConfig } from '#domain/bot.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDateTime, formatMoney } from '../../ui/format.ts';
import styles from './bot-parameters.module.css';
import { useStrategies } from './use-strategies.ts';

const cx = bindClassNames(styles);

/** What the user decided about the bot. */
export function BotParameters({ config }: { readonly config: BotConfig }) {
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
      t('parameters.fees', { maker: config.makerFeeBps, taker: config.takerFeeBps }),
    ],
    [t('settings.latencyMs.label'), `${config.latencyMs} ms`],
    [t('settings.slippageBps.label'), `${config.slippageBps} bps`],
    [t('settings.leverage.label'), `× ${config.leverage}`],
    [t('parameters.created'), formatDateTime(config.createdTime)],
    [t('parameters.id'), config.id],
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
