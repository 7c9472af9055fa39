import type { Language } from '#contract/languages.ts';
import { desktopBridge } from '../client/bridge-transport.ts';
import { speak } from '../i18n/i18n.ts';

/** On the screen, and of a desktop in what the system shows for it, too. Rejects, and changes nothing, if it cannot be loaded. */
export async function speakEverywhere(language: Language): Promise<void> {
  await speak(language);
  desktopBridge()?.speak(language);
}
