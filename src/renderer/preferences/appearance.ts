import type { PreferenceStore, Preferences } from './preferences.ts';

/** Heard by what draws with colours of its own (canvases): read the tokens again. */
export const THEME_EVENT = 'tapedeck:theme';

const LIGHT = '(prefers-color-scheme: light)';

/** The theme that is meant: the system's where the user wants that. */
const themeShown = (
  theme: Preferences['theme'],
  isSystemLight: boolean,
): Exclude<Preferences['theme'], 'system'> =>
  theme === 'system' ? (isSystemLight ? 'light' : 'dark') : theme;

/** Puts theme, palette and density on the page, now and whenever they, or the system's, change. */
export function showAppearance(preferences: PreferenceStore, page: Document = document): void {
  const view = page.defaultView;
  const systemLight = view?.matchMedia(LIGHT);
  const apply = ({ theme, palette, density }: Preferences) => {
    const { dataset } = page.documentElement;
    dataset['theme'] = themeShown(theme, systemLight?.matches ?? false);
    dataset['palette'] = palette;
    dataset['density'] = density;
    view?.dispatchEvent(new CustomEvent(THEME_EVENT));
  };
  apply(preferences.getState());
  preferences.subscribe(apply);
  systemLight?.addEventListener('change', () => apply(preferences.getState()));
}
