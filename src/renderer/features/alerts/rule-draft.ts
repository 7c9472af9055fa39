import type { RequestInput } from '#contract/requests.ts';
import type {
  AlertCondition,
  AlertConditionKind,
  AlertRule,
  CrossingDirection,
  HubMeasure,
  WatchedBotState,
} from '#domain/alert-rule.ts';
import { type DecimalString, isDecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Severity } from '#domain/notification.ts';
import type { Price } from '#domain/units.ts';
import { type RangeProblem, rangeProblem } from './range-problem.ts';

const MS_A_SECOND = 1_000;
const SECONDS_A_DAY = 86_400;
const SECONDS_AN_HOUR = 3_600;
const DEFAULT_BASELINE = 20;

/** Which rule is being written: a new one, or one that there is. */
export type RuleFormMode = 'new' | { readonly ruleId: string };

/** A rule as it is being typed: numbers are text until they are one. */
export interface RuleDraft {
  readonly name: string;
  readonly kind: AlertConditionKind;
  readonly instrumentId: InstrumentId | '';
  /** Empty: any. */
  readonly botId: string;
  readonly exchange: string;
  readonly direction: CrossingDirection;
  readonly side: 'above' | 'below';
  readonly states: readonly WatchedBotState[];
  readonly measure: HubMeasure;
  /** The number that the condition compares with, in its unit. */
  readonly threshold: string;
  readonly windowSeconds: string;
  readonly severity: Severity;
  readonly forSeconds: string;
  readonly cooldownSeconds: string;
  readonly sound: boolean;
}

export type RuleField =
  | 'name'
  | 'instrumentId'
  | 'threshold'
  | 'window'
  | 'for'
  | 'cooldown'
  | 'states';
/** What is wrong, as the key of a text. */
type RuleProblem = RangeProblem | 'notPositive';
export type RuleErrors = Readonly<Partial<Record<RuleField, RuleProblem>>>;

export const newRuleDraft = (instrumentId: InstrumentId | null, price: string): RuleDraft => ({
  name: '',
  kind: 'priceCross',
  instrumentId: instrumentId ?? '',
  ...{ botId: '', exchange: '', direction: 'up', side: 'below' },
  ...{ states: ['error'], measure: 'latencyP99Ms' },
  ...{ threshold: price, windowSeconds: '60', severity: 'warning' },
  ...{ forSeconds: '0', cooldownSeconds: '60', sound: true },
});

export function draftOfRule(rule: AlertRule): RuleDraft {
  const { name, condition, severity, sound, forMs, cooldownMs } = rule;
  const blank = newRuleDraft(null, '');
  return {
    ...blank,
    ...{ name, severity, sound, kind: condition.kind },
    forSeconds: String(forMs / MS_A_SECOND),
    cooldownSeconds: String(cooldownMs / MS_A_SECOND),
    ...fieldsOf(condition),
  };
}

function fieldsOf(condition: AlertCondition): Partial<RuleDraft> {
  switch (condition.kind) {
    case 'priceCross': {
      const { instrumentId, level, direction } = condition;
      return { instrumentId, direction, threshold: String(level) };
    }
    case 'priceMove': {
      const { instrumentId, percent, direction, windowMs } = condition;
      const windowSeconds = String(windowMs / MS_A_SECOND);
      return { instrumentId, direction, threshold: String(percent), windowSeconds };
    }
    case 'volumeSpike': {
      const { instrumentId, ratio, windowMs } = condition;
      const windowSeconds = String(windowMs / MS_A_SECOND);
      return { instrumentId, threshold: String(ratio), windowSeconds };
    }
    case 'spread':
      return { instrumentId: condition.instrumentId, threshold: String(condition.aboveBps) };
    case 'positionPnl': {
      const { botId, level, side } = condition;
      return { botId: botId ?? '', threshold: level, side };
    }
    case 'drawdown':
      return { botId: condition.botId ?? '', threshold: String(condition.percent) };
    case 'botState':
      return { botId: condition.botId ?? '', states: condition.states };
    case 'feedStale':
      return { exchange: condition.exchange ?? '' };
    case 'hubHealth':
      return { measure: condition.measure, threshold: String(condition.above) };
  }
}

/** What the form of each kind asks for. */
export const RULE_FIELDS: Readonly<
  Record<
    AlertConditionKind,
    {
      readonly about: 'instrument' | 'bot' | 'exchange' | 'hub';
      readonly hasThreshold: boolean;
      readonly hasWindow: boolean;
      readonly hasDirection: boolean;
      /** Whether it may be zero or less. */
      readonly isSigned: boolean;
    }
  >
> = {
  priceCross: {
    about: 'instrument',
    hasThreshold: true,
    hasWindow: false,
    hasDirection: true,
    isSigned: true,
  },
  priceMove: {
    about: 'instrument',
    hasThreshold: true,
    hasWindow: true,
    hasDirection: true,
    isSigned: false,
  },
  volumeSpike: {
    about: 'instrument',
    hasThreshold: true,
    hasWindow: true,
    hasDirection: false,
    isSigned: false,
  },
  spread: {
    about: 'instrument',
    hasThreshold: true,
    hasWindow: false,
    hasDirection: false,
    isSigned: false,
  },
  positionPnl: {
    about: 'bot',
    hasThreshold: true,
    hasWindow: false,
    hasDirection: false,
    isSigned: true,
  },
  drawdown: {
    about: 'bot',
    hasThreshold: true,
    hasWindow: false,
    hasDirection: false,
    isSigned: false,
  },
  botState: {
    about: 'bot',
    hasThreshold: false,
    hasWindow: false,
    hasDirection: false,
    isSigned: false,
  },
  feedStale: {
    about: 'exchange',
    hasThreshold: false,
    hasWindow: false,
    hasDirection: false,
    isSigned: false,
  },
  hubHealth: {
    about: 'hub',
    hasThreshold: true,
    hasWindow: false,
    hasDirection: false,
    isSigned: false,
  },
};

export function checkRuleDraft(draft: RuleDraft): RuleErrors {
  const { about, hasThreshold, hasWindow, isSigned } = RULE_FIELDS[draft.kind];
  const longestWindow = draft.kind === 'volumeSpike' ? SECONDS_AN_HOUR : SECONDS_A_DAY;
  const problems: Record<RuleField, RuleProblem | null> = {
    name: draft.name.trim() === '' ? 'needed' : null,
    instrumentId: about === 'instrument' && draft.instrumentId === '' ? 'needed' : null,
    threshold: hasThreshold ? thresholdProblem(draft.threshold, isSigned) : null,
    window: hasWindow ? rangeProblem(draft.windowSeconds, 1, longestWindow) : null,
    for: rangeProblem(draft.forSeconds, 0, SECONDS_A_DAY),
    cooldown: rangeProblem(draft.cooldownSeconds, 1, 7 * SECONDS_A_DAY),
    states: draft.kind === 'botState' && draft.states.length === 0 ? 'needed' : null,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null));
}

function thresholdProblem(text: string, isSigned: boolean): RuleProblem | null {
  if (text.trim() === '') return 'needed';
  if (!isDecimalString(text.trim())) return 'notNumber';
  return isSigned || Number(text) > 0 ? null : 'notPositive';
}

const inMs = (seconds: string): number => Math.round(Number(seconds) * MS_A_SECOND);

/** What the hub is asked for; of a draft without errors. */
export function ruleOfDraft(draft: RuleDraft) {
  return {
    name: draft.name.trim(),
    condition: conditionOf(draft),
    severity: draft.severity,
    forMs: inMs(draft.forSeconds),
    cooldownMs: inMs(draft.cooldownSeconds),
    sound: draft.sound,
  } satisfies RequestInput<'alerts.createRule'>;
}

function conditionOf(draft: RuleDraft): RequestInput<'alerts.createRule'>['condition'] {
  const { kind, direction, side, measure } = draft;
  const instrumentId = draft.instrumentId as InstrumentId;
  const text = draft.threshold.trim();
  const threshold = Number(text);
  const windowMs = inMs(draft.windowSeconds);
  const botId = draft.botId === '' ? null : draft.botId;
  switch (kind) {
    case 'priceCross':
      return { kind, instrumentId, level: threshold as Price, direction };
    case 'priceMove':
      return { kind, instrumentId, percent: threshold, direction, windowMs };
    case 'volumeSpike':
      return { kind, instrumentId, ratio: threshold, windowMs, baselineWindows: DEFAULT_BASELINE };
    case 'spread':
      return { kind, instrumentId, aboveBps: threshold };
    case 'positionPnl':
      // It was checked.
      return { kind, botId, level: text as DecimalString, side };
    case 'drawdown':
      return { kind, botId, percent: threshold };
    case 'botState':
      return { kind, botId, states: [...draft.states] };
    case 'feedStale':
      return { kind, exchange: draft.exchange === '' ? null : draft.exchange };
    case 'hubHealth':
      return { kind, measure, above: threshold };
  }
}
