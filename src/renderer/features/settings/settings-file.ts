import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type HubLimitChanges, hubLimitChangesSchema } from '#contract/hub-limits.ts';
import { type Settings, settingsSchema } from '#contract/requests.ts';
import type { ShortcutChanges } from '../../commands/keymap.ts';
import { parseShortcut } from '../../commands/shortcut.ts';
import { hubWords } from '../../i18n/hub-words.ts';
import { translator } from '../../i18n/i18n.ts';
import { type Preferences, preferencesSchema } from '../../preferences/preferences.ts';

/** What goes into a file, to be taken to another browser or machine. */
export interface SettingsFile {
  readonly preferences: Preferences;
  readonly shortcuts: ShortcutChanges;
  /** What is set on the hub; absent of a file that was written without one. */
  readonly hub?: Settings;
  /** Those of its limits that are not as by default; the same. */
  readonly hubLimits?: HubLimitChanges;
}

const t = translator('settings');

const VERSION = 1;

const shortcutSchema = z.string().transform((text, context) => {
  const shortcut = parseShortcut(text);
  if (shortcut === null) context.addIssue({ code: 'custom', message: t('noShortcut', { text }) });
  return shortcut;
});

const fileSchema = z.strictObject({
  tapedeckSettings: z.literal(VERSION),
  preferences: preferencesSchema.extend({
    // Files of before do not name it.
    pace: preferencesSchema.shape.pace.default('everyFrame'),
  }),
  shortcuts: z.record(z.string(), shortcutSchema.nullable()),
  hub: settingsSchema.exactOptional(),
  hubLimits: hubLimitChangesSchema.exactOptional(),
});

export const writeSettingsFile = (settings: SettingsFile): string =>
  `${JSON.stringify({ tapedeckSettings: VERSION, ...settings }, null, 2)}\n`;

/** One sentence where it is none; nothing of it is taken then. */
export function readSettingsFile(text: string): Result<SettingsFile> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail('invalid_payload', t('notJson'));
  }
  const parsed = fileSchema.safeParse(raw);
  if (parsed.success) {
    const { tapedeckSettings: _version, ...settings } = parsed.data;
    return succeed(settings);
  }
  const issue = parsed.error.issues[0];
  return fail(
    'invalid_payload',
    `${issue?.path.join('.') || 'file'}: ${hubWords(issue?.message ?? 'invalid')}`,
  );
}
