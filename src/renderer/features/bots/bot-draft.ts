import type { BotView, RequestInput, StrategyDescription } from '#contract/requests.ts';
import { type DecimalString, decimal, isDecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { translator } from '../../i18n/i18n.ts';
import {
  type BotSettingsDraft,
  checkedSettings,
  settingsDraft,
  settingsErrors,
} from './bot-settings-draft.ts';
import { numberError, parameterError, parameterValue } from './parameter-value.ts';

const t = translator('bots');

/** The form as typed: every figure is text until it is checked. */
export interface BotDraft {
  readonly name: string;
  readonly instrumentId: InstrumentId;
  readonly strategy: string;
  readonly initialCash: string;
  readonly makerFeeBps: string;
  readonly takerFeeBps: string;
  readonly params: Readonly<Record<string, string>>;
  readonly settings: BotSettingsDraft;
}

export type DraftErrors = Readonly<Record<string, string>>;

type Checked = Required<Pick<RequestInput<'bots.create'>, Exclude<keyof BotDraft, 'settings'>>> &
  ReturnType<typeof checkedSettings>;

const DEFAULT_CASH = '10000';
export const DEFAULT_FEE_BPS = 10;
const LONGEST_NAME = 80;
const FEE_LIMITS = { minimum: -100, maximum: 1_000 };

export function defaultParams(strategy: StrategyDescription): Record<string, string> {
  return Object.fromEntries(
    strategy.parameters.map((parameter) => [parameter.name, String(parameter.default)]),
  );
}

export const newDraft = (instrumentId: InstrumentId, strategy: StrategyDescription): BotDraft => ({
  name: '',
  instrumentId,
  strategy: strategy.id,
  initialCash: DEFAULT_CASH,
  makerFeeBps: String(DEFAULT_FEE_BPS),
  takerFeeBps: String(DEFAULT_FEE_BPS),
  params: defaultParams(strategy),
  settings: settingsDraft(),
});

/** What a draft is made of: a bot of ours, or one of a backtest. */
type DraftedBot = Omit<BotView['config'], 'id' | 'createdTime' | 'archivedTime'>;

export const draftOf = ({ config }: { readonly config: DraftedBot }): BotDraft => ({
  name: config.name,
  instrumentId: config.instrumentId,
  strategy: config.strategy,
  initialCash: config.initialCash,
  makerFeeBps: String(config.makerFeeBps),
  takerFeeBps: String(config.takerFeeBps),
  params: Object.fromEntries(
    Object.entries(config.params).map(([name, value]) => [name, String(value)]),
  ),
  settings: settingsDraft(config),
});

/** What is wrong, by field; empty where all is well. Fields of parameters go by their names. */
export function checkDraft(draft: BotDraft, strategy: StrategyDescription): DraftErrors {
  const found: [field: string, error: string | null][] = [
    ['name', nameError(draft.name)],
    ['initialCash', moneyError(draft.initialCash)],
    ['makerFeeBps', numberError(draft.makerFeeBps, FEE_LIMITS)],
    ['takerFeeBps', numberError(draft.takerFeeBps, FEE_LIMITS)],
    ...strategy.parameters.map((parameter): [string, string | null] => [
      parameter.name,
      parameterError(draft.params[parameter.name] ?? '', parameter),
    ]),
    ...settingsErrors(draft.settings),
  ];
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The draft as the hub takes it. Only for a draft that has no errors. */
export function checkedDraft(draft: BotDraft, strategy: StrategyDescription): Checked {
  const params = strategy.parameters.map(({ name, kind }) => {
    const text = (draft.params[name] ?? '').trim();
    return [name, parameterValue(text, kind)] as const;
  });
  return {
    name: draft.name.trim(),
    instrumentId: draft.instrumentId,
    strategy: draft.strategy,
    initialCash: draft.initialCash.trim() as DecimalString,
    makerFeeBps: Number(draft.makerFeeBps),
    takerFeeBps: Number(draft.takerFeeBps),
    params: Object.fromEntries(params),
    ...checkedSettings(draft.settings),
  };
}

function nameError(name: string): string | null {
  const { length } = name.trim();
  if (length === 0) return t('errors.noName');
  return length > LONGEST_NAME ? t('errors.longName', { most: LONGEST_NAME }) : null;
}

function moneyError(text: string): string | null {
  const trimmed = text.trim();
  if (!isDecimalString(trimmed)) return t('errors.money');
  return decimal(trimmed).gt(0) ? null : t('errors.positive');
}
