import { useTranslation } from 'react-i18next';
import { RANK_FIGURES, type RankFigure } from '#contract/backtest-sweep.ts';
import type { SweepGrid } from '#contract/sweep-grid.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import type { DraftErrors } from '../bots/bot-draft.ts';
import styles from './backtest.module.css';
import { countRuns, type SweepDraft } from './sweep-draft.ts';

const cx = bindClassNames(styles);

export interface SweepFieldsProps {
  readonly sweep: SweepDraft;
  readonly grid: SweepGrid;
  readonly errors: DraftErrors;
  readonly onChange: (sweep: SweepDraft) => void;
}

/** How many parameters are tried, by what they are ranked, and what is held back from the choice. */
export function SweepFields({ sweep, grid, errors, onChange }: SweepFieldsProps) {
  const { t } = useTranslation('backtest');
  const { judgement, text } = countRuns(grid);
  const isBad = judgement === 'tooMany' || errors['runs'] !== undefined;
  return (
    <>
      <SelectField
        label={t('form.rankedBy')}
        testId="backtest-ranked-by"
        value={sweep.rankedBy}
        onChange={(figure) => onChange({ ...sweep, rankedBy: figure as RankFigure })}
      >
        {RANK_FIGURES.map((figure) => (
          <option key={figure} value={figure}>
            {t(`figures.${figure}.label`)}
          </option>
        ))}
      </SelectField>
      <Field
        label={t('form.holdout')}
        hint={t('form.holdoutHint')}
        unit="%"
        inputMode="decimal"
        testId="backtest-holdout"
        value={sweep.holdoutPercent}
        error={errors['holdoutPercent'] ?? null}
        onChange={({ target }) => onChange({ ...sweep, holdoutPercent: target.value })}
      />
      <p
        className={cx('runs', isBad && 'bad', judgement === 'many' && 'warn')}
        role="status"
        data-testid="backtest-runs"
      >
        {text}
      </p>
    </>
  );
}
