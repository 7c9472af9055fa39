import type { Alert, AlertDeliveryReason } from '#domain/alert.ts';
import { symbolOf } from '#domain/instrument.ts';

const MS_A_MINUTE = 60_000;
const MS_A_SECOND = 1_000;
/** Of a group so many are named. */
const MOST_NAMED = 3;

/** What the user typed, in full. */
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });
/** Of small numbers the first digits that say anything. */
const ROUGH = {
  maximumFractionDigits: 2,
  minimumSignificantDigits: 1,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
} as const;
const rough = new Intl.NumberFormat('en', ROUGH);
const signed = new Intl.NumberFormat('en', { ...ROUGH, signDisplay: 'exceptZero' });

/** A length of time as one says it: `90 s`, `5 min`. */
const lengthOf = (ms: number): string =>
  ms % MS_A_MINUTE === 0 ? `${ms / MS_A_MINUTE} min` : `${rough.format(ms / MS_A_SECOND)} s`;

/** What has happened, in a sentence without its subject. */
export function describe(
  { condition, value, labels }: Alert,
  nameOf: (botId: string) => string = (botId) => botId,
): string {
  const measured = value ?? Number.NaN;
  const bot = labels.bot === undefined ? 'A bot' : nameOf(labels.bot);
  switch (condition.kind) {
    case 'priceCross': {
      const way = labels.direction === 'down' ? 'fell to' : 'rose to';
      return `${symbolOf(condition.instrumentId)} ${way} ${number.format(condition.level)}`;
    }
    case 'priceMove': {
      const { instrumentId, windowMs } = condition;
      return `${symbolOf(instrumentId)} moved ${signed.format(measured)} % in ${lengthOf(windowMs)}`;
    }
    case 'volumeSpike': {
      const { instrumentId, windowMs } = condition;
      const times = `${rough.format(measured)}× the usual volume`;
      return `${symbolOf(instrumentId)} traded ${times} in ${lengthOf(windowMs)}`;
    }
    case 'spread':
      return `${symbolOf(condition.instrumentId)} has a spread of ${rough.format(measured)} bp`;
    case 'positionPnl':
      return `The position of ${bot} stands at ${signed.format(measured)}`;
    case 'drawdown':
      return `${bot} is ${rough.format(measured)} % below its peak`;
    case 'botState':
      return `${bot} is ${condition.states.map((state) => STATE_WORDS[state]).join(' or ')}`;
    case 'feedStale':
      return `${labels.exchange ?? 'A feed'} sends nothing`;
    case 'hubHealth':
      return `${HUB_WORDS[condition.measure]} is ${rough.format(measured)}`;
  }
}

const STATE_WORDS = { stopped: 'stopped', error: 'in error', silent: 'silent' } as const;

const HUB_WORDS = {
  latencyP99Ms: 'The hub’s latency p99 in ms',
  disconnectsPerSecond: 'The rate of disconnects a second',
  connections: 'The number of connections',
} as const;

const PREFIXES: Readonly<Record<AlertDeliveryReason, string>> = {
  firing: '',
  resolved: 'Over: ',
  repeat: 'Still: ',
  escalation: 'Not acknowledged: ',
  test: 'Test: ',
};

/** How a group's news is put. `alerts` is not empty. */
export function wordsFor(
  reason: AlertDeliveryReason,
  alerts: readonly Alert[],
  nameOf?: (botId: string) => string,
): { readonly title: string; readonly body: string } {
  const names = [...new Set(alerts.map(({ ruleName }) => ruleName))];
  const [only = ''] = names;
  const title = names.length === 1 ? only : `${alerts.length} alerts`;
  const lines = alerts.slice(0, MOST_NAMED).map((alert) => describe(alert, nameOf));
  const more = alerts.length - lines.length;
  return {
    title: `${PREFIXES[reason]}${title}`,
    body: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join(' · '),
  };
}
