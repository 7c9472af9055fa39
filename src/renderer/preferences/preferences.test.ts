import { describe, expect, it } from 'vitest';
import { createPreferences, defaultPreferences } from './preferences.ts';

class Kept {
  values = new Map<string, string>();
  read = (key: string) => this.values.get(key) ?? null;
  write = (key: string, value: string) => void this.values.set(key, value);
}

describe('preferences', () => {
  it('are the defaults, in the language of the browser, until the user chooses', () => {
    const store = createPreferences(new Kept(), ['ko-KR', 'en']);
    expect(store.getState()).toEqual({ ...defaultPreferences([]), language: 'ko' });
  });

  it('are kept, and there again whatever the browser wishes', () => {
    const kept = new Kept();
    createPreferences(kept, ['ko']).setState({ language: 'en', theme: 'contrast' });
    expect(createPreferences(kept, ['ko']).getState()).toMatchObject({
      ...{ language: 'en', theme: 'contrast', palette: 'tealRed' },
    });
  });

  it('lose nothing but what cannot be read', () => {
    const kept = new Kept();
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
