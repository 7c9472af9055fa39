import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Settings } from '#contract/requests.ts';
import { usePreferenceStore } from '../../app/app-context.ts';
import { defaultPreferences } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { LIMIT_FIELDS } from '../bots/limits-draft.ts';
import { RiskLimitsSettings } from '../risk/risk-limits-settings.tsx';
import { ElsewhereSettings } from './elsewhere-settings.tsx';
import { HubLimitsSettings } from './hub-limits-settings.tsx';
import { useHubLimits, useHubSettings } from './hub-settings.ts';
import { SettingRow } from './setting-row.tsx';
import styles from './settings.module.css';
import { ResetAllButton, SettingsFileButtons } from './settings-buttons.tsx';
import {
  HUB_DEFAULTS,
  hasWords,
  SECTIONS,
  type Setting,
  type SettingName,
  type SettingValue,
  searchSettings,
} from './settings-list.ts';
import { ShortcutSettings } from './shortcut-settings.tsx';

const cx = bindClassNames(styles);

/** Everything that can be set, found by its words, kept at once. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const [query, setQuery] = useState('');
  const hub = useHubSettings();
  const limits = useHubLimits();
  const preferences = usePreferenceStore();
  const screen = useStore(preferences);
  const wordsOf = (name: SettingName) => ({
    label: t(`items.${name}.label`),
    hint: t(`items.${name}.hint`),
  });
  const found = searchSettings(query, wordsOf);
  const values: Partial<Record<SettingName, SettingValue>> = { ...screen, ...pick(hub.value) };
  const defaults = { ...defaultPreferences(navigator.languages), ...HUB_DEFAULTS };
  const change = ({ name, of }: Setting, value: SettingValue) => {
    if (of === 'screen') preferences.setState({ [name]: value });
    else void hub.change({ [name]: value } as Partial<Settings>);
  };
  return (
    <div className={cx('view')}>
      <div className={cx('toolbar')}>
        <SearchField
          label={t('search')}
          value={query}
          testId="settings-search"
          onChange={setQuery}
        />
        <SettingsFileButtons {...{ hub, limits }} />
        <ResetAllButton {...{ hub, limits }} />
      </div>
      {hub.error !== null && (
        <p className={cx('problem')} role="alert">
          {hub.error}
        </p>
      )}
      <div className={cx('found')}>
        {SECTIONS.map((section) => {
          const inside = found.filter((setting) => setting.section === section);
          return inside.length === 0 ? null : (
            <section key={section} aria-label={t(`sections.${section}`)}>
              <h3 className={cx('heading')}>{t(`sections.${section}`)}</h3>
              {inside.map((setting) => (
                <SettingRow
                  key={setting.name}
                  setting={setting}
                  value={values[setting.name]}
                  defaultValue={defaults[setting.name]}
                  onChange={(value) => change(setting, value)}
                />
              ))}
            </section>
          );
        })}
        <RiskLimitsSection query={query} />
        <HubLimitsSettings {...{ query, limits }} />
        <ElsewhereSettings query={query} />
        <ShortcutSettings query={query} />
      </div>
      <div className={cx('nothing')} role="status" data-testid="settings-nothing">
        <EmptyState
          text={t('nothing')}
          action={<Button onClick={() => setQuery('')}>{t('showAll')}</Button>}
        />
      </div>
    </div>
  );
}

/** Found by its own words, and by those of every limit. */
function RiskLimitsSection({ query }: { readonly query: string }) {
  const { t } = useTranslation('risk');
  const { t: ofBots } = useTranslation('bots');
  const limits = LIMIT_FIELDS.map((name) => ofBots(`settings.${name}.label`));
  const words = [t('limits.title'), t('limits.explained'), ...limits].join(' ');
  if (!hasWords(words, query)) return null;
  return (
    <section aria-label={t('limits.title')} data-testid="settings-risk">
      <h3 className={cx('heading')}>{t('limits.title')}</h3>
      <RiskLimitsSettings />
    </section>
  );
}

/** Of the hub's settings those that have a row here. */
function pick(settings: Settings | null): Partial<Record<SettingName, SettingValue>> {
  if (settings === null) return {};
  const { allowAnonymous, metricsNeedToken, tapeMaxAgeDays, tapeMaxBytes } = settings;
  return { allowAnonymous, metricsNeedToken, tapeMaxAgeDays, tapeMaxBytes };
}
