import { describe, expect, it } from 'vitest';
import { readPublicUrls } from './public-urls.ts';

const read = (text: string, insecureLan = false) => readPublicUrls([text], { insecureLan });

describe('readPublicUrls', () => {
  it.each(['https://tape.example', 'https://tape.example:8443/', 'http://localhost:9000'])(
    'takes %s',
    (text) =>
      expect(read(text)).toMatchObject({ ok: true, value: [{ origin: new URL(text).origin }] }),
  );

  it.each([
    ['tape.example', 'is no address of a page'],
    ['tape.example:443', 'is no address of a page'],
    ['ftp://tape.example', 'is no address of a page'],
    ['', 'is no address of a page'],
    ['https://tape.example/deck', 'has more than a name and a port'],
    ['https://tape.example/?a=b', 'has more than a name and a port'],
    ['https://me:secret@tape.example', 'has more than a name and a port'],
  ])('says what is wrong with %j', (text, what) => {
    expect(read(text)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(what) },
    });
  });

  it('[H3] shows nothing beyond this machine unencrypted without leave', () => {
    const message = expect.stringContaining('--insecure-lan');
    expect(read('http://tape.example')).toMatchObject({ ok: false, error: { message } });
    expect(read('http://tape.example', true)).toMatchObject({ ok: true });
  });
});
