import { useTranslation } from 'react-i18next';
import type { AlertInhibition, AlertMatchers, AlertPolicy } from '#domain/alert.ts';
import { ALERT_LABELS } from '#domain/alert.ts';
import type { AlertConditionKind } from '#domain/alert-rule.ts';
import { useAlerts } from '../../app/app-context.ts';
import { RULE_FIELDS } from './rule-draft.ts';

const MS_A_SECOND = 1_000;
const MS_A_MINUTE = 60_000;
const MS_AN_HOUR = 3_600_000;

const isKind = (text: string): text is AlertConditionKind => Object.hasOwn(RULE_FIELDS, text);

/** How alerts are told, in the words of the screen's language. */
export function usePolicyWords() {
  const { t } = useTranslation('alerts');
  const rules = useAlerts((state) => state.rules);
  /** In the largest unit that it is a whole number of. */
  const duration = (ms: number): string => {
    if (ms % MS_AN_HOUR === 0 && ms > 0) return t('hours', { amount: ms / MS_AN_HOUR });
    if (ms % MS_A_MINUTE === 0 && ms > 0) return t('minutes', { amount: ms / MS_A_MINUTE });
    return t('seconds', { amount: ms / MS_A_SECOND });
  };
  const matchers = (given: AlertMatchers): string =>
    ALERT_LABELS.flatMap((label) => {
      const value = given[label];
      if (value === undefined) return [];
      if (label === 'kind' && isKind(value)) return [t(`kind.${value}`)];
      const rule = label === 'rule' ? rules?.find(({ id }) => id === value) : undefined;
      return [`${t(`label.${label}`)} = ${rule?.name ?? value}`];
    }).join(', ');
  return {
    matchers,
    inhibition: ({ source, target, equal }: AlertInhibition): string =>
      t(equal.length === 0 ? 'policy.mutesAny' : 'policy.mutes', {
        source: matchers(source),
        target: matchers(target),
        labels: equal.map((label) => t(`label.${label}`)).join(', '),
      }),
    /** One sentence a decision. */
    sentences: (policy: AlertPolicy): readonly string[] => [
      policy.groupBy.length === 0
        ? t('policy.allTogether')
        : t('policy.together', {
            labels: policy.groupBy.map((label) => t(`label.${label}`)).join(', '),
          }),
      t('policy.pace', {
        wait: duration(policy.groupWaitMs),
        interval: duration(policy.groupIntervalMs),
      }),
      t('policy.repeats', { interval: duration(policy.repeatIntervalMs) }),
      policy.escalateAfterMs === null
        ? t('policy.neverEscalates')
        : t('policy.escalates', { after: duration(policy.escalateAfterMs) }),
      t(policy.tellResolved ? 'policy.tellsEnds' : 'policy.tellsNoEnds'),
      t('policy.inhibits', { count: policy.inhibitions.length }),
    ],
  };
}
