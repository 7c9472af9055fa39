import { LANGUAGES } from '#contract/languages.ts';
import { type Settings, settingsSchema } from '#contract/requests.ts';
import { hubWords } from '../../i18n/hub-words.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { preferencesSchema, THEMES } from '../../preferences/preferences.ts';

export const SECTIONS = ['appearance', 'access', 'tape'] as const;
type SettingSection = (typeof SECTIONS)[number];

type ScreenName = keyof Preferences;
type HubName = 'allowAnonymous' | 'metricsNeedToken' | 'tapeMaxAgeDays' | 'tapeMaxBytes';
export type SettingName = ScreenName | HubName;
export type SettingValue = string | number | boolean | null;

export type Control =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'toggle' }
  /** Shown divided by `factor`; empty is null: no limit. */
  | { readonly kind: 'number'; readonly unit: 'days' | 'megabytes'; readonly factor: number };

/** One thing that can be set. Its words are `items.NAME` of the texts. */
export interface Setting {
  readonly name: SettingName;
  /** `screen`: of this browser or window; `hub`: of the monitor, the same for everybody. */
  readonly of: 'screen' | 'hub';
  readonly section: SettingSection;
  readonly control: Control;
}

const choice = (options: readonly string[]): Control => ({ kind: 'choice', options });
const BYTES_A_MEGABYTE = 1_000_000;

export const SETTINGS: readonly Setting[] = [
  { name: 'language', of: 'screen', section: 'appearance', control: choice(LANGUAGES) },
  { name: 'theme', of: 'screen', section: 'appearance', control: choice(THEMES) },
  {
    ...{ name: 'palette', of: 'screen', section: 'appearance' },
    control: choice(preferencesSchema.shape.palette.options),
  },
  {
    ...{ name: 'density', of: 'screen', section: 'appearance' },
    control: choice(preferencesSchema.shape.density.options),
  },
  {
    ...{ name: 'pace', of: 'screen', section: 'appearance' },
    control: choice(preferencesSchema.shape.pace.options),
  },
  {
    ...{ name: 'timeZone', of: 'screen', section: 'appearance' },
    control: choice(preferencesSchema.shape.timeZone.options),
  },
  { name: 'allowAnonymous', of: 'hub', section: 'access', control: { kind: 'toggle' } },
  { name: 'metricsNeedToken', of: 'hub', section: 'access', control: { kind: 'toggle' } },
  {
    ...{ name: 'tapeMaxAgeDays', of: 'hub', section: 'tape' },
    control: { kind: 'number', unit: 'days', factor: 1 },
  },
  {
    ...{ name: 'tapeMaxBytes', of: 'hub', section: 'tape' },
    control: { kind: 'number', unit: 'megabytes', factor: BYTES_A_MEGABYTE },
  },
];

/** What the hub's settings are until somebody changes them. */
export const HUB_DEFAULTS = {
  allowAnonymous: false,
  metricsNeedToken: false,
  tapeMaxAgeDays: null,
  tapeMaxBytes: null,
} as const satisfies Pick<Settings, HubName>;

const SCHEMAS = { ...preferencesSchema.shape, ...settingsSchema.shape };

/** What is wrong with a value, as the schema says it; null where nothing is. */
export function problemOf(name: SettingName, value: SettingValue): string | null {
  const parsed = SCHEMAS[name].safeParse(value);
  return parsed.success ? null : hubWords(parsed.error.issues[0]?.message ?? 'invalid');
}

/** What was typed into a number's field; undefined where it is no number. */
export function readNumber(text: string, factor: number): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return undefined;
  return factor === 1 ? value : Math.round(value * factor);
}

export interface SettingWords {
  readonly label: string;
  readonly hint: string;
}

/** Whether a text holds every word of what is looked for. */
export function hasWords(text: string, query: string): boolean {
  const held = text.toLocaleLowerCase();
  const wanted = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => held.includes(word));
}

/** Those whose words hold every word that is looked for. */
export function searchSettings(
  query: string,
  wordsOf: (name: SettingName) => SettingWords,
): readonly Setting[] {
  return SETTINGS.filter(({ name }) => {
    const { label, hint } = wordsOf(name);
    return hasWords(`${label} ${hint} ${name}`, query);
  });
}
