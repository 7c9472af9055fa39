import { describe, expect, it } from 'vitest';
import { SharedStorage } from '#tests/fakes/shared-storage.ts';
import { createPreferences, defaultPreferences } from './preferences.ts';

const page = () => new SharedStorage().page('only');

describe('preferences', () => {
  it('are the defaults, in the language of the browser, until the user chooses', () => {
    const store = createPreferences(page(), ['ko-KR', 'en']);
    expect(store.getState()).toEqual({ ...defaultPreferences([]), language: 'ko' });
  });

  it('are kept, and there again whatever the browser wishes', () => {
    const kept = page();
    createPreferences(kept, ['ko']).setState({ language: 'en', theme: 'contrast' });
    expect(createPreferences(kept, ['ko']).getState()).toMatchObject({
      ...{ language: 'en', theme: 'contrast', palette: 'tealRed' },
    });
  });

  it('are those of all pages of a browser: none does away with what another one chose', () => {
    const storage = new SharedStorage();
    const here = createPreferences(storage.page('here'), []);
    const there = createPreferences(storage.page('there'), []);
    here.setState({ theme: 'light' });
    expect(there.getState().theme).toBe('light');
    there.setState({ density: 'compact' });
    expect(here.getState()).toMatchObject({ theme: 'light', density: 'compact' });
  });

  it('lose nothing but what cannot be read', () => {
    const kept = page();
    kept.write('tapedeck:preferences', '{"theme":"pink","palette":"blueOrange","old":1}');
    expect(createPreferences(kept, []).getState()).toEqual({
      ...defaultPreferences([]),
      palette: 'blueOrange',
    });
    for (const text of ['{', '7', '[]', 'null']) {
      kept.write('tapedeck:preferences', text);
      expect(createPreferences(kept, []).getState()).toEqual(defaultPreferences([]));
    }
  });
});
