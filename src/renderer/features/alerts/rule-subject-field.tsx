import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstrumentId } from '#domain/instrument.ts';
import { useBots, useInstruments } from '../../app/app-context.ts';
import { SelectField } from '../../ui/field.tsx';
import { RULE_FIELDS, type RuleDraft } from './rule-draft.ts';

interface RuleSubjectFieldProps {
  readonly draft: RuleDraft;
  readonly error: string | null;
  readonly onChange: (changes: Partial<RuleDraft>) => void;
}

/** What the rule is about: an instrument, a bot, an exchange; nothing is asked about the hub. */
export function RuleSubjectField({ draft, error, onChange }: RuleSubjectFieldProps) {
  const { t } = useTranslation('alerts');
  const watchlist = useInstruments((state) => state.watchlist);
  const botsById = useBots((state) => state.bots);
  const exchanges = useMemo(
    () => [...new Set((watchlist ?? []).map(({ exchange }) => exchange))].sort(),
    [watchlist],
  );
  switch (RULE_FIELDS[draft.kind].about) {
    case 'instrument': {
      const ids = (watchlist ?? []).map(({ id }) => id);
      // A rule may be about what nothing carries just now.
      const known = draft.instrumentId === '' || ids.includes(draft.instrumentId);
      return (
        <SelectField
          label={error === null ? t('field.instrument') : `${t('field.instrument')} · ${error}`}
          value={draft.instrumentId}
          testId="rule-instrument"
          onChange={(id) => onChange({ instrumentId: id as InstrumentId })}
        >
          {draft.instrumentId === '' && <option value="">{t('choose')}</option>}
          {!known && <option value={draft.instrumentId}>{draft.instrumentId}</option>}
          {ids.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </SelectField>
      );
    }
    case 'bot':
      return (
        <SelectField
          label={t('field.bot')}
          value={draft.botId}
          testId="rule-bot"
          onChange={(botId) => onChange({ botId })}
        >
          <option value="">{t('anyBot')}</option>
          {Object.values(botsById).map(({ config }) => (
            <option key={config.id} value={config.id}>
              {config.name}
            </option>
          ))}
        </SelectField>
      );
    case 'exchange':
      return (
        <SelectField
          label={t('field.exchange')}
          value={draft.exchange}
          onChange={(exchange) => onChange({ exchange })}
        >
          <option value="">{t('anyExchange')}</option>
          {exchanges.map((exchange) => (
            <option key={exchange} value={exchange}>
              {exchange}
            </option>
          ))}
        </SelectField>
      );
    case 'hub':
      return null;
  }
}
