import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './strategy-problems.module.css';
import type { StrategyProblem } from './use-strategies.ts';

const cx = bindClassNames(styles);

/** The user's own files that are no strategy as they are: which, why, and in which line. */
export function StrategyProblems({ problems }: { readonly problems: readonly StrategyProblem[] }) {
  const { t } = useTranslation('bots');
  if (problems.length === 0) return null;
  return (
    <ul className={cx('problems')} aria-label={t('problems.title')} data-testid="strategy-problems">
      {problems.map(({ strategyId, file, message, hasVersion }) => (
        <li key={strategyId} className={cx('problem')} data-testid={`strategy-problem-${file}`}>
          <strong>{file}</strong>
          <span className={cx('message')}>{message}</span>
          <span className={cx('dim')}>
            {t(hasVersion ? 'problems.versionBefore' : 'problems.unusable')}
          </span>
        </li>
      ))}
    </ul>
  );
}
