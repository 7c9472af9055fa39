import { useTranslation } from 'react-i18next';
import type { AlertRule } from '#domain/alert-rule.ts';
import { useActions, useAlerts } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useCommand } from '../../ui/use-command.ts';
import styles from './alerts.module.css';
import { CommandError } from './command-error.tsx';
import type { RuleFormMode } from './rule-draft.ts';
import { SeverityBadge } from './severity-badge.tsx';
import { useAlertWords } from './use-alert-words.ts';

const cx = bindClassNames(styles);
const MS_A_SECOND = 1_000;

/** What is watched for: switched on and off, tried out, changed and removed. */
export function AlertRules({ onEdit }: { readonly onEdit: (mode: RuleFormMode) => void }) {
  const { t } = useTranslation('alerts');
  const rules = useAlerts((state) => state.rules);
  const { error, run } = useCommand();
  if (rules === null) return <EmptyState text={t('rules.loading')} />;
  const columns: readonly Column[] = [
    { key: 'enabled', label: t('column.enabled') },
    { key: 'severity', label: t('column.severity') },
    { key: 'name', label: t('column.rule') },
    { key: 'condition', label: t('column.condition') },
    { key: 'for', label: t('column.for'), align: 'end', only: 'medium' },
    { key: 'cooldown', label: t('column.cooldown'), align: 'end', only: 'medium' },
    { key: 'sound', label: t('column.sound'), only: 'wide' },
    { key: 'actions', label: t('column.actions') },
  ];
  return (
    <div className={cx('list')}>
      <CommandError error={error} />
      <Table label={t('tabs.rules')} columns={columns} testId="alert-rules">
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} onEdit={onEdit} run={run} />
        ))}
      </Table>
    </div>
  );
}

interface RuleRowProps {
  readonly rule: AlertRule;
  readonly onEdit: (mode: RuleFormMode) => void;
  readonly run: ReturnType<typeof useCommand>['run'];
}

function RuleRow({ rule, onEdit, run }: RuleRowProps) {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const { alerts } = useActions();
  const { id, name, isEnabled, isBuiltIn, forMs, cooldownMs } = rule;
  const seconds = (ms: number) => t('seconds', { amount: String(ms / MS_A_SECOND) });
  const toggle = () => void run(() => alerts.updateRule(id, { isEnabled: !isEnabled }));
  return (
    <Row testId="alert-rule">
      <Cell>
        <input
          type="checkbox"
          checked={isEnabled}
          aria-label={t('rule.enable', { rule: name })}
          data-testid="rule-enabled"
          onChange={toggle}
        />
      </Cell>
      <Cell>
        <SeverityBadge severity={rule.severity} />
      </Cell>
      <Cell tone="strong" isName title={words.ruleName(name)}>
        {words.ruleName(name)}
      </Cell>
      <Cell tone="dim" isText>
        {words.condition(rule.condition)}
      </Cell>
      <Cell align="end" only="medium">
        {seconds(forMs)}
      </Cell>
      <Cell align="end" only="medium">
        {seconds(cooldownMs)}
      </Cell>
      <Cell only="wide">{t(rule.sound ? 'yes' : 'no')}</Cell>
      <Cell>
        <span className={cx('actions')}>
          <Button
            variant="quiet"
            testId="rule-test"
            aria-label={t('rule.testOne', { rule: name })}
            onClick={() => void run(() => alerts.testFire(id))}
          >
            {t('rule.test')}
          </Button>
          <Button
            variant="quiet"
            testId="rule-edit"
            aria-label={t('rule.editOne', { rule: name })}
            onClick={() => onEdit({ ruleId: id })}
          >
            {t('rule.edit')}
          </Button>
          <Button
            variant="quiet"
            testId="rule-remove"
            disabled={isBuiltIn}
            title={isBuiltIn ? t('rule.builtIn') : undefined}
            aria-label={t('rule.removeOne', { rule: name })}
            onClick={() => void run(() => alerts.removeRule(id))}
          >
            {t('rule.remove')}
          </Button>
        </span>
      </Cell>
    </Row>
  );
}
