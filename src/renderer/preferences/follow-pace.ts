import { calmData } from '../stores/page-frames.ts';
import type { PreferenceStore } from './preferences.ts';

/** Tape and book are drawn as often as the user wants, now and whenever that changes. */
export function followPace(preferences: PreferenceStore): void {
  const apply = () => calmData(preferences.getState().pace === 'calm');
  apply();
  preferences.subscribe(apply);
}
