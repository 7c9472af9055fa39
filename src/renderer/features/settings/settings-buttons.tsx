import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Result, succeed } from '#contract/errors.ts';
import {
  useKeymap,
  usePanelAnswers,
  usePreferenceStore,
  useStores,
} from '../../app/app-context.ts';
import { translator } from '../../i18n/i18n.ts';
import { defaultPreferences } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { saveTextFile } from '../../ui/save-file.ts';
import type { HubLimitSettings, HubSettings } from './hub-settings.ts';
import styles from './settings.module.css';
import { readSettingsFile, type SettingsFile, writeSettingsFile } from './settings-file.ts';
import { HUB_DEFAULTS } from './settings-list.ts';

const cx = bindClassNames(styles);
const DONE = succeed(undefined);
/** A notice outlives the language in which it was first said. */
const inNewestLanguage = translator('settings');

interface PartProps {
  readonly hub: HubSettings;
  readonly limits: HubLimitSettings;
}

/** What the hub has not told yet would be left out. */
const isKnown = (parts: PartProps): boolean =>
  Object.values(parts).every(({ value, error }) => value !== null || error !== null);

/** All that is set, and how to have it set so: here at once, on the hub by a request. */
function useAllSettings({ hub: ofHub, limits }: PartProps) {
  const preferences = usePreferenceStore();
  const keymap = useKeymap();
  return {
    read: (): SettingsFile => ({
      preferences: preferences.getState(),
      shortcuts: keymap.getState().changes,
      ...(ofHub.value !== null && { hub: ofHub.value }),
      ...(limits.value !== null && { hubLimits: limits.value.kept }),
    }),
    /** Resolves to what the hub said to its part. */
    write: async (settings: SettingsFile): Promise<Result<unknown>> => {
      const { preferences: screen, shortcuts, hub, hubLimits } = settings;
      preferences.setState(screen);
      keymap.setState({ changes: shortcuts });
      const kept = hub === undefined ? DONE : await ofHub.change(hub);
      if (!kept.ok) return kept;
      return hubLimits === undefined ? DONE : limits.change(() => hubLimits);
    },
  };
}

/** To a file and from one. Of the hub's settings those that the file has. */
export function SettingsFileButtons(parts: PartProps) {
  const { t } = useTranslation('settings');
  const { notices } = useStores();
  const all = useAllSettings(parts);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    target.value = '';
    if (!file) return;
    const read = readSettingsFile(await file.text());
    setProblem(read.ok ? null : t('cannotImport', { name: file.name, why: read.error.message }));
    if (!read.ok) return;
    const before = all.read();
    const { name } = file;
    const written = await all.write(read.value);
    notices.say({
      text: () =>
        written.ok
          ? inNewestLanguage('imported', { name })
          : inNewestLanguage('partlyImported', { name, why: written.error.message }),
      undo: () => all.write(before),
    });
  };
  const save = () => saveTextFile('tapedeck-settings.json', writeSettingsFile(all.read()));
  const pick = () => input.current?.click();
  usePanelAnswers(isKnown(parts) ? { 'settings.export': save, 'settings.import': pick } : {});
  return (
    <>
      <Button variant="quiet" testId="settings-export" onClick={save}>
        {t('export')}
      </Button>
      <Button variant="quiet" onClick={pick}>
        {t('import')}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept="application/json,.json"
        aria-label={t('import')}
        data-testid="settings-import"
        onChange={(event) => void load(event)}
      />
      {problem !== null && (
        <span className={cx('problem')} role="alert" data-testid="settings-problem">
          {problem}
        </span>
      )}
    </>
  );
}

/** As at the first start, with a way back. Risk limits stay: nobody loses a guard by a click. */
export function ResetAllButton(parts: PartProps) {
  const { t } = useTranslation('settings');
  const { notices } = useStores();
  const all = useAllSettings(parts);
  const reset = async () => {
    const before = all.read();
    const written = await all.write({
      preferences: defaultPreferences(navigator.languages),
      shortcuts: {},
      ...(before.hub !== undefined && { hub: { ...before.hub, ...HUB_DEFAULTS } }),
      ...(before.hubLimits !== undefined && { hubLimits: {} }),
    });
    notices.say({
      text: () =>
        written.ok
          ? inNewestLanguage('allReset')
          : inNewestLanguage('partlyReset', { why: written.error.message }),
      undo: () => all.write(before),
    });
  };
  usePanelAnswers(isKnown(parts) ? { 'settings.reset': () => void reset() } : {});
  return (
    <Button
      variant="quiet"
      testId="settings-reset-all"
      title={t('resetAllHint')}
      onClick={() => void reset()}
    >
      {t('resetAll')}
    </Button>
  );
}
