import type { Result } from '#contract/errors.ts';
import type { Alert, AlertSilence } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { Choice, ChoicePage } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import { alertSubject } from '../features/alerts/alert-subject.ts';
import { SILENCE_DURATIONS, silenceOfAlert } from '../features/alerts/silence-request.ts';
import { hubName } from '../i18n/hub-words.ts';
import { translator } from '../i18n/i18n.ts';
import { isFiring } from '../stores/alert-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';
import type { AlertCommands } from './alert-commands.ts';
import { sayRefusal } from './say-refusal.ts';

export interface AlertChoiceParts {
  readonly alerts: Pick<
    AlertCommands,
    'acknowledge' | 'silence' | 'unsilence' | 'updateRule' | 'testFire' | 'removeRule'
  >;
  /** Silences end by the hub's clock. */
  readonly client: Pick<HubClient, 'now'>;
  readonly stores: Pick<Stores, 'alerts' | 'bots' | 'connection' | 'notices'>;
  readonly asks: Pick<PanelAsks, 'ask'>;
  readonly ask: (page: ChoicePage) => void;
}

const t = translator('command-palette');
const ofAlerts = translator('alerts');

type Name =
  | 'acknowledge'
  | 'silence'
  | 'unsilence'
  | 'editRule'
  | 'toggleRule'
  | 'testRule'
  | 'removeRule';

/** What the rows of alerts, rules and silences have a button for: one is chosen first. */
export function alertChoiceCommands(parts: AlertChoiceParts): readonly Command[] {
  const { stores, ask } = parts;
  const command = (name: Name, choices: () => readonly Choice[]): Command =>
    choosing(
      {
        ...{ id: `alerts.${name}`, group: 'alerts', title: () => t(`commands.alert.${name}`) },
        isEnabled: () => stores.connection.getState().connection.kind === 'connected',
        page: { question: () => t(`choice.alert.${name}`), choices },
      },
      ask,
    );
  return [
    command('acknowledge', () => unseenChoices(parts)),
    command('silence', () => silenceChoices(parts)),
    command('unsilence', () => endChoices(parts)),
    ...ruleCommands(parts, command),
  ];
}

function ruleCommands(
  { alerts, stores, asks }: AlertChoiceParts,
  command: (name: Name, choices: () => readonly Choice[]) => Command,
): readonly Command[] {
  const onRule =
    (work: (rule: AlertRule) => void, isMeant: (rule: AlertRule) => boolean = () => true) =>
    () =>
      (stores.alerts.getState().rules ?? []).filter(isMeant).map((rule) => ({
        ...{ id: rule.id, title: nameOf(rule) },
        leadsTo: () => work(rule),
      }));
  const byHub = (work: (rule: AlertRule) => Promise<Result<unknown>>) => (rule: AlertRule) =>
    void sayRefusal(stores, work(rule));
  return [
    command(
      'editRule',
      onRule(({ id }) => asks.ask({ name: 'alerts.editRule', panel: 'alerts', about: id })),
    ),
    command(
      'toggleRule',
      onRule(byHub(({ id, isEnabled }) => alerts.updateRule(id, { isEnabled: !isEnabled }))),
    ),
    command('testRule', onRule(byHub(({ id }) => alerts.testFire(id)))),
    command(
      'removeRule',
      onRule(
        byHub(({ id }) => alerts.removeRule(id)),
        ({ isBuiltIn }) => !isBuiltIn,
      ),
    ),
  ];
}

/** With whether it is watched for. */
const nameOf = ({ name, isEnabled }: AlertRule): string =>
  isEnabled ? hubName(name) : t('choice.ruleIsOff', { rule: hubName(name) });

const firingOf = ({ stores }: AlertChoiceParts): readonly Alert[] =>
  stores.alerts.getState().alerts.filter(isFiring);

const titleOf = (alert: Alert, { stores }: AlertChoiceParts): string => {
  const subject = alertSubject(alert, stores.bots.getState().bots) ?? ofAlerts('hub');
  return `${hubName(alert.ruleName)} · ${subject}`;
};

const unseenChoices = (parts: AlertChoiceParts): readonly Choice[] =>
  firingOf(parts)
    .filter(({ acknowledgedTime }) => acknowledgedTime === null)
    .map((alert) => ({
      ...{ id: alert.id, title: titleOf(alert, parts) },
      leadsTo: () => void sayRefusal(parts.stores, parts.alerts.acknowledge([alert.id])),
    }));

/** For how long is asked next. */
function silenceChoices(parts: AlertChoiceParts): readonly Choice[] {
  const silence = (alert: Alert, ms: number) =>
    sayRefusal(parts.stores, parts.alerts.silence(silenceOfAlert(alert, ms)));
  return firingOf(parts).map((alert) => ({
    ...{ id: alert.id, title: titleOf(alert, parts) },
    leadsTo: {
      question: () => t('choice.silenceFor', { alert: titleOf(alert, parts) }),
      choices: () =>
        SILENCE_DURATIONS.map(({ key, ms }) => ({
          ...{ id: key, title: ofAlerts(`silence.duration.${key}`) },
          leadsTo: () => void silence(alert, ms),
        })),
    },
  }));
}

const endChoices = ({ alerts, client, stores }: AlertChoiceParts): readonly Choice[] =>
  stores.alerts
    .getState()
    .silences.filter(({ endTime }) => endTime > client.now())
    .map((silence) => ({
      ...{ id: silence.id, title: silenceTitle(silence) },
      leadsTo: () => void sayRefusal(stores, alerts.unsilence(silence)),
    }));

/** What it is called, and what it is about. */
const silenceTitle = ({ comment, matchers }: AlertSilence): string => {
  const { rule: _, ...about } = matchers;
  return [hubName(comment), ...Object.values(about)].filter(Boolean).join(' · ');
};
