import type { Language } from '#contract/languages.ts';
import { desktopBridge } from '../client/bridge-transport.ts';
import { i18n, speak } from '../i18n/i18n.ts';
import { onEveryConnection } from '../stores/sync-context.ts';
import { setTimeZone } from '../ui/format.ts';
import type { AppServices } from './app-context.ts';

/** On the screen, and of a desktop in what the system shows for it, too. Rejects, and changes nothing, if it cannot be loaded. */
export async function speakEverywhere(language: Language): Promise<void> {
  await speak(language);
  desktopBridge()?.speak(language);
}

/**
 * The language and the time zone that are preferred, from now on. A language that cannot be fetched is said
 * to be missing, and comes with the next connection.
 */
export function speakAsPreferred({
  client,
  stores,
  preferences,
}: Pick<AppServices, 'client' | 'stores' | 'preferences'>): void {
  const { notices } = stores;
  const speakNow = () =>
    speakEverywhere(preferences.getState().language).catch(() =>
      notices.say({ text: () => i18n.t('languageNotFetched') }),
    );
  preferences.subscribe((now, before) => {
    if (now.language === before.language && now.timeZone === before.timeZone) return;
    setTimeZone(now.timeZone);
    // In the same language as well: whatever shows times is drawn again as after a change of it.
    void speakNow();
  });
  onEveryConnection(client, () => {
    if (preferences.getState().language !== i18n.language) void speakNow();
  });
}
