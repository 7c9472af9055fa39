import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { BotConfig } from '#domain/bot.ts';
import { namesOf } from '#domain/instrument.ts';
import { useInstrument } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDateTime, formatMoney, NOTHING } from '../../ui/format.ts';
import { placeOf } from './bot-order.ts';
import styles from './bot-parameters.module.css';
import { parameterUnit } from './parameter-unit.ts';
import { type SettingRow, settingRows } from './setting-rows.ts';
import { useStrategies } from './use-strategies.ts';

const cx = bindClassNames(styles);

type Kept = 'id' | 'createdTime' | 'archivedTime';

/** A bot of ours, or one that was only played. */
type DecidedBot = Omit<BotConfig, Kept | 'makerFeeBps' | 'takerFeeBps'> &
  Partial<Pick<BotConfig, Kept | 'makerFeeBps' | 'takerFeeBps'>>;

/** Of a bot that runs elsewhere none of this is known. */
const ownRows = (config: DecidedBot, t: TFunction<'bots'>): readonly SettingRow[] => [
  [t('form.initialCash'), formatMoney(config.initialCash)],
  [
    t('columns.fees'),
    t('parameters.fees', {
      maker: config.makerFeeBps ?? NOTHING,
      taker: config.takerFeeBps ?? NOTHING,
    }),
  ],
  ...settingRows(config),
];

/** What the user decided about the bot. */
export function BotParameters({ config }: { readonly config: DecidedBot }) {
  const { t } = useTranslation('bots');
  const words = useHubWords();
  const { strategies } = useStrategies();
  const strategy = strategies?.find((one) => one.id === config.strategy);
  const instrument = useInstrument(config.instrumentId) ?? namesOf(config.instrumentId);
  const isOurs = placeOf(config.strategy) === 'here';
  const rows: readonly SettingRow[] = [
    [t('form.strategy'), isOurs ? (strategy?.name ?? config.strategy) : t('external')],
    ...Object.entries(config.params).map(([name, value]): SettingRow => {
      const parameter = strategy?.parameters.find((one) => one.name === name);
      return [
        parameter?.label ?? name,
        `${words(String(value))} ${parameterUnit(parameter?.unit ?? '', instrument)}`,
      ];
    }),
    ...(isOurs ? ownRows(config, t) : []),
    ...(config.createdTime === undefined
      ? []
      : [[t('parameters.created'), formatDateTime(config.createdTime)] as const]),
    ...(config.id === undefined ? [] : [[t('parameters.id'), config.id] as const]),
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
