import { describe, expect, it } from 'vitest';
import { ShellWords } from './shell-words.ts';

describe('ShellWords', () => {
  it('are in the system’s language until a window has told its own', () => {
    const words = new ShellWords(['fr-FR', 'ko-KR', 'en']);
    expect(words.say('Bought 0.05 BTC at 64000')).toBe('64000에 0.05 BTC 매수');
    words.speak('en');
    expect(words.say('Bought 0.05 BTC at 64000')).toBe('Bought 0.05 BTC at 64000');
  });

  it('tell of a change, and of a change only', () => {
    const words = new ShellWords([]);
    const said: string[] = [];
    words.onChange(() => said.push(words.say('Show Tapedeck')));
    words.speak('en');
    words.speak('ko');
    words.speak('ko');
    words.dispose();
    words.speak('en');
    expect(said).toEqual(['Tapedeck 열기']);
  });
});
