import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language, languageOf } from '#contract/languages.ts';
import { english } from './en/index.ts';
import { i18n, onLanguageChange, speak, translator } from './i18n.ts';
import { korean } from './ko/index.ts';

/** Names and terms that Korean traders write in Latin letters, too. One a line. */
const SAME_IN_KOREAN = [
  'Tapedeck', //
  'TradingView',
  'Lightweight Charts',
  'OCO',
  'SMMA',
  'SMA',
  'EMA',
  'WMA',
  'VWAP',
  'RSI',
  'MACD',
  'CCI',
  'ADX',
  'ATR',
  'ROC',
  'OBV',
  'MFI',
  'DI',
  'binance:BTC/USDT',
  '/home/me/BTCUSDT-trades-2025-01-01.zip',
  '/home/me/btc.parquet',
  '/home/me/BTCUSDT-1m.csv',
  '/home/me/btcusdt.jsonl',
  'Binance',
  'Kraken',
  'freqtrade',
  'USDC',
  'NDJSON',
  'CSV',
  'Parquet',
  'msg/s',
  'p50',
  'p95',
  'p99',
  'UTC',
  'MB',
  'English',
  'Prometheus',
  'JSON',
  'bps',
  'Asia/Seoul',
  'token open',
  'token',
  'hub-limits.json',
  'exchanges.json',
  'docs/adding-an-exchange.md',
  'KiB',
];

type Texts = { readonly [key: string]: string | Texts };

/** `status-bar:said.lost` → the text. */
function flat(texts: Texts, path: string): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const name = path.endsWith(':') ? `${path}${key}` : `${path}.${key}`;
    return typeof value === 'string' ? [[name, value] as const] : flat(value, name);
  });
}

const textsOf = (language: Readonly<Record<string, Texts>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(language).flatMap(([name, texts]) => flat(texts, `${name}:`)));

const TEXTS: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: textsOf(english),
  ko: textsOf(korean),
};

const PLURAL = /_(zero|one|two|few|many|other)$/;
const keysOf = (language: Language) =>
  [...new Set([...TEXTS[language].keys()].map((key) => key.replace(PLURAL, '')))].sort();
const variablesOf = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name ?? '').sort();

/** The text of a key, or its most general plural form. */
const generalText = (language: Language, key: string): string =>
  TEXTS[language].get(key) ?? TEXTS[language].get(`${key}_other`) ?? '';

describe('every language', () => {
  it('has the same keys', () => {
    for (const language of LANGUAGES) expect(keysOf(language)).toEqual(keysOf('en'));
  });

  it('has the plural forms of its own grammar, and no others', () => {
    for (const language of LANGUAGES) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = [...TEXTS[language].keys()].filter((key) => PLURAL.test(key));
      const stems = new Set(plurals.map((key) => key.replace(PLURAL, '')));
      const expected = [...stems].flatMap((stem) => forms.map((form) => `${stem}_${form}`));
      expect(plurals.sort()).toEqual(expected.sort());
    }
  });

  it('fills the same blanks', () => {
    for (const language of LANGUAGES) {
      for (const key of keysOf('en')) {
        expect(variablesOf(generalText(language, key)), `${language} ${key}`).toEqual(
          variablesOf(generalText('en', key)),
        );
      }
    }
  });

  it('says something', () => {
    for (const language of LANGUAGES) {
      for (const [key, text] of TEXTS[language]) {
        expect(text.trim(), `${language} ${key}`).toBe(text);
        expect(text, `${language} ${key}`).not.toBe('');
      }
    }
  });
});

describe('Korean', () => {
  it('is Korean: no text is left in Latin letters but for names and terms', () => {
    const terms = [...SAME_IN_KOREAN].sort((one, other) => other.length - one.length);
    for (const [key, text] of TEXTS.ko) {
      const words = terms.reduce((rest, term) => rest.replaceAll(term, ''), text);
      const rest = words.replace(/\{\{[^}]*\}\}/g, '');
      expect(/[A-Za-z]{2}/.test(rest) ? `${key}: ${text}` : null).toBeNull();
    }
  });
});

describe('the language of the screen', () => {
  afterEach(() => speak('en'));

  it('is the first that is wished for and known, else English', () => {
    expect(languageOf(['fr-FR', 'ko-KR', 'en-US'])).toBe('ko');
    expect(languageOf(['fr'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });

  it('is changed while it runs, and whoever draws without React is told', async () => {
    const t = translator('common');
    const told: string[] = [];
    const end = onLanguageChange(() => told.push(t('tryAgain')));
    await speak('ko');
    end();
    await speak('en');
    expect(told).toEqual(['다시 시도']);
    expect(t('tryAgain')).toBe('Try again');
  });

  it('has plural forms and grouped numbers', () => {
    const t = translator('status-bar');
    expect(t('tapeSize', { count: 1, amount: '1', bytes: '9 B' })).toBe('1 trade, 9 B');
    expect(t('tapeSize', { count: 2, amount: '2', bytes: '9 B' })).toBe('2 trades, 9 B');
    expect(t('retryingIn', { seconds: 1_234, attempt: 2 })).toContain('1,234');
  });

  it('a wrong key does not compile', () => {
    // @ts-expect-error: there is no such key.
    expect(i18n.t('common:noSuchKey')).toBe('noSuchKey');
    // @ts-expect-error: there is no such namespace.
    expect(translator('no-such-folder')('tryAgain')).toBe('tryAgain');
  });
});
