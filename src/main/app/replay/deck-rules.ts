import type { AlertRuleDraft } from '#contract/alert-model.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type AlertCondition, type AlertRule, watchedInstrument } from '#domain/alert-rule.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';

type AskedFor = 'none' | 'live' | readonly AlertRuleDraft[];
type Instruments = readonly Pick<Instrument, 'id'>[];

const NO_TIME = 0 as EpochMs;

/** The rules that a deck is watched by. The sentence says which cannot be. */
export function deckRules(
  asked: AskedFor,
  instruments: Instruments,
  live: () => readonly AlertRule[],
): Result<readonly AlertRule[]> {
  if (asked === 'none') return succeed([]);
  if (asked === 'live') {
    return succeed(
      live().filter(
        // Those that come with Tapedeck are about what only live has: the hub, feeds, bots elsewhere.
        ({ isEnabled, isBuiltIn, condition }) =>
          isEnabled && !isBuiltIn && refusalOf(condition, instruments) === null,
      ),
    );
  }
  for (const { name, condition } of asked) {
    const refusal = refusalOf(condition, instruments);
    if (refusal !== null) return fail('invalid_payload', `alerts: "${name}" ${refusal}`);
  }
  return succeed(asked.map(ruleOf));
}

/** Why a deck cannot be watched for it; null where it can. */
function refusalOf(condition: AlertCondition, instruments: Instruments): string | null {
  const instrument = watchedInstrument(condition);
  if (instrument !== null) {
    const isThere = instruments.some(({ id }) => id === instrument);
    return isThere ? null : `watches ${instrument}, which the deck does not play.`;
  }
  if ('botId' in condition) {
    return condition.botId === null ? null : 'must be about any bot: the deck has its own.';
  }
  return 'is about feeds or the hub: a deck has neither.';
}

const ruleOf = (draft: AlertRuleDraft, index: number): AlertRule => ({
  ...draft,
  id: `rule${index + 1}`,
  isBuiltIn: false,
  ...{ createdTime: NO_TIME, updatedTime: NO_TIME },
});
