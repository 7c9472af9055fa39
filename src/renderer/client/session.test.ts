import { describe, expect, it } from 'vitest';
import { createSessionOpener, type SessionPage } from './session.ts';

function page(search: string, answers: (number | Error)[]) {
  const posted: string[] = [];
  const shown: string[] = [];
  const fake: SessionPage = {
    search,
    replaceSearch: (text) => shown.push(text),
    postCode: async (code) => {
      posted.push(code);
      const answer = answers.shift() ?? 204;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { posted, shown, open: createSessionOpener(fake) };
}

describe('createSessionOpener', () => {
  it('exchanges the code once and takes it from the address', async () => {
    const { posted, shown, open } = page('?code=abc&x=1', [204]);
    await open();
    await open();
    expect(posted).toEqual(['abc']);
    expect(shown).toEqual(['?x=1']);
  });

  it('goes on with the cookie where the code is used up', async () => {
    const { posted, shown, open } = page('?code=abc', [401]);
    await open();
    await open();
    expect(posted).toEqual(['abc']);
    expect(shown).toEqual(['']);
  });

  it('keeps the code while the hub cannot be reached or fails', async () => {
    const { posted, shown, open } = page('?code=abc', [new TypeError('refused'), 503, 204]);
    await open();
    await open();
    expect(shown).toEqual([]);
    await open();
    expect(posted).toEqual(['abc', 'abc', 'abc']);
    expect(shown).toEqual(['']);
  });

  it('does nothing without a code', async () => {
    const { posted, shown, open } = page('', []);
    await open();
    expect([posted, shown]).toEqual([[], []]);
  });
});
