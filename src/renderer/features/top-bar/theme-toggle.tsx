import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usePreferenceStore } from '../../app/app-context.ts';
import { THEMES, type Theme } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';

const SIGNS: Readonly<Record<Theme, string>> = {
  dark: '◐',
  light: '○',
  contrast: '●',
  system: '◑',
};

const themeAfter = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark';

export function ThemeToggle() {
  const { t } = useTranslation('top-bar');
  const { t: setting } = useTranslation('settings');
  const preferences = usePreferenceStore();
  const theme = useStore(preferences, (state) => state.theme);
  const next = themeAfter(theme);
  const label = t('theme', {
    now: setting(`items.theme.options.${theme}`),
    next: setting(`items.theme.options.${next}`),
  });
  return (
    <Button
      variant="quiet"
      aria-label={label}
      title={label}
      testId="theme-toggle"
      onClick={() => preferences.setState({ theme: next })}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </Button>
  );
}
