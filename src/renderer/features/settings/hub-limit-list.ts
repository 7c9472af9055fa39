import {
  type HubLimitChanges,
  type HubLimits,
  type HubLimitsView,
  hubLimitsSchema,
  type RateLimit,
} from '#contract/hub-limits.ts';
import { hubWords } from '../../i18n/hub-words.ts';

const BYTES_A_KIBIBYTE = 1_024;
const MS_A_SECOND = 1_000;

export type PlainLimit = Exclude<keyof HubLimits, 'eventRate' | 'eventRates' | 'refusalRate'>;
type RatedEvent = keyof HubLimits['eventRates'];

/** The limits that are one number: in which unit it is shown, and how much of it that is. */
export const PLAIN_LIMITS: readonly {
  readonly name: PlainLimit;
  readonly unit: 'count' | 'kibibytes' | 'seconds';
  readonly factor: number;
}[] = [
  { name: 'connections', unit: 'count', factor: 1 },
  { name: 'connectionsPerUser', unit: 'count', factor: 1 },
  { name: 'subscriptionsPerConnection', unit: 'count', factor: 1 },
  { name: 'messageBytes', unit: 'kibibytes', factor: BYTES_A_KIBIBYTE },
  { name: 'authenticationTimeoutMs', unit: 'seconds', factor: MS_A_SECOND },
  { name: 'pingIntervalMs', unit: 'seconds', factor: MS_A_SECOND },
  { name: 'pingTimeoutMs', unit: 'seconds', factor: MS_A_SECOND },
];

/** One rate: of all events, of one kind of them, or of refusals. */
export type RatePlace =
  | { readonly of: 'eventRate' | 'refusalRate' }
  | { readonly of: 'eventRates'; readonly event: RatedEvent };

export const keyOf = (place: RatePlace): string =>
  place.of === 'eventRates' ? place.event : place.of;

/** Those of events that have a rate of their own, by default, now or from the next start. */
export function ratePlaces({ inUse, defaults, kept }: HubLimitsView): readonly RatePlace[] {
  const events = Object.keys({
    ...defaults.eventRates,
    ...inUse.eventRates,
    ...kept.eventRates,
  }) as RatedEvent[];
  return [
    { of: 'eventRate' },
    ...events.map((event) => ({ of: 'eventRates', event }) as const),
    { of: 'refusalRate' },
  ];
}

/** Undefined where none is set. */
export const rateAt = (limits: HubLimitChanges, place: RatePlace): RateLimit | undefined =>
  place.of === 'eventRates' ? limits.eventRates?.[place.event] : limits[place.of];

/** Without a value it is as by default. */
export function withLimit(
  kept: HubLimitChanges,
  name: PlainLimit,
  value: number | undefined,
): HubLimitChanges {
  const { [name]: _before, ...others } = kept;
  return value === undefined ? others : { ...others, [name]: value };
}

export function withRate(
  kept: HubLimitChanges,
  place: RatePlace,
  rate: RateLimit | undefined,
): HubLimitChanges {
  if (place.of !== 'eventRates') {
    const { [place.of]: _before, ...others } = kept;
    return rate === undefined ? others : { ...others, [place.of]: rate };
  }
  const { eventRates = {}, ...others } = kept;
  const { [place.event]: _before, ...otherEvents } = eventRates;
  const rates = rate === undefined ? otherEvents : { ...otherEvents, [place.event]: rate };
  return Object.keys(rates).length === 0 ? others : { ...others, eventRates: rates };
}

/** What is wrong with a value, as the contract says it; null where nothing is. */
export function plainProblem(name: PlainLimit, value: number | null): string | null {
  const parsed = hubLimitsSchema.shape[name].safeParse(value);
  return parsed.success ? null : hubWords(parsed.error.issues[0]?.message ?? 'invalid');
}
