import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hubSentences } from '#tests/support/hub-sentences.ts';
import { KOREAN_SENTENCES, koreanPhrases } from './ko/korean.ts';
import { NAMES } from './ko/notices.ts';

const root = join(import.meta.dirname, '../..');

/** Where sentences are made that reach a screen. */
const ROOMS = [
  'main/alerts',
  'main/backtest/queue',
  'main/bots',
  'main/desk',
  'main/execution',
  'main/feeds',
  'main/hub/access',
  'main/hub/session',
  'main/journal',
  'main/replay',
  'main/tape',
  'main/app/backtest',
  'main/app/bots',
  'main/app/feeds',
  'main/app/replay',
  'main/app/requests',
  'main/app/tape',
  'renderer/client',
  'contract',
  'domain',
  'main/hub/tokens',
  'main/shell',
];
/** Of storage, those that may keep it from starting. */
const STORAGE = [
  'data-directory',
  'database',
  'database-backup',
  'directory-lock',
  'sqlite-failure',
];

/** What they say is read in a terminal or by an editor, or by nobody. */
const NOT_ON_SCREEN: ReadonlySet<string> = new Set([
  'main/app/backtest/report-summary.ts',
  'main/app/replay/replay-input.ts',
  'main/app/replay/time-range.ts',
  'main/bots/user-strategies/module-loader.ts',
  'main/bots/user-strategies/thread-place.ts',
  'main/bots/user-strategies/user-types.ts',
  'main/feeds/demo/ladder.ts',
  'main/feeds/demo/price-path.ts',
  'main/feeds/demo/trade-flow.ts',
  'main/shell/app-protocol.ts',
]);
/** Names of things, and a name that a user may give. */
const GIVEN: ReadonlySet<string> = new Set([
  'Demo grid',
  'escalation {1}',
  'tapedeck tokens',
  'group {1}',
  'rule {1} {2}',
]);

const sources = globSync(
  [
    `{${ROOMS.join(',')}}/**/*.ts`,
    `main/storage/{${STORAGE.join(',')}}.ts`,
    'main/hub/validation.ts',
  ],
  { cwd: root },
)
  .filter(
    (path) =>
      !/[.](test|fixture)[.]ts$/.test(path) &&
      !NOT_ON_SCREEN.has(path) &&
      !path.startsWith('contract/sentences/'),
  )
  .sort();

/** The patterns of English and of the other language have the same blanks. */
const blanksOf = (text: string) =>
  [...text.matchAll(/\{(\d)[_#]?=?\}/g)].map(([, place]) => place).sort();

describe('what the hub says, in Korean', () => {
  it('is known of each sentence that stands in the code', () => {
    const unknown = sources.flatMap((path) =>
      hubSentences(readFileSync(join(root, path), 'utf8'), {
        withDescriptions: !path.startsWith('contract/'),
      })
        .filter((sentence) => !isKnown(sentence))
        .map((sentence) => `${path}: ${sentence}`),
    );
    expect(unknown).toEqual([]);
  });

  it('fills no other blanks', () => {
    for (const [english, korean] of Object.entries(KOREAN_SENTENCES)) {
      expect(blanksOf(english), english).toEqual(expect.arrayContaining(blanksOf(korean)));
    }
  });
});

/** Put together of parts at the place where they are said; an example of each stands below. */
const COMPOSED: ReadonlySet<string> = new Set([
  '{1}max {2}',
  '{1}max orders a minute',
  '{1}max open orders',
  '{1} {2} {3} at {4}',
  '{1} · {2} on {3}{4}',
  '{1} of {2}',
  '{1} is {2}',
  'Not acknowledged: ',
]);

const KNOWN: ReadonlySet<string> = new Set(
  Object.keys({ ...KOREAN_SENTENCES, ...NAMES }).map((pattern) =>
    pattern.replaceAll(/[_#]?=?\}/g, '}'),
  ),
);
const isKnown = (sentence: string): boolean =>
  KNOWN.has(sentence) ||
  KNOWN.has(sentence.replace(/[.]$/, '')) ||
  COMPOSED.has(sentence) ||
  GIVEN.has(sentence);

const book = koreanPhrases();

describe('sentences as they come', () => {
  it.each([
    ['Bought 0.05 BTC at 64000.1', '64000.1에 0.05 BTC 매수'],
    [
      'Bad "rule.name": Too small: expected string to have >=1 characters',
      '"rule.name" 값이 잘못되었습니다. 너무 짧습니다: 1자 이상이어야 합니다',
    ],
    ['Bad payload: not as expected', 'payload 값이 잘못되었습니다. 예상과 다릅니다'],
    [
      'Paused by the user; its orders wait off the market',
      '사용자가 일시정지함. 주문은 시장 밖에서 대기합니다',
    ],
    ['Stopped by the kill switch: engaged by the user', '중지됨: 킬 스위치: 사용자가 켬'],
    [
      'global max order value: it would be 1200.5 USDT, 200.5 more than 1000',
      '전체 최대 주문 금액: 1200.5 USDT이(가) 되어 한도 1000을(를) 200.5 넘습니다',
    ],
    [
      'max orders a minute: it would be 31, 1 more than 30',
      '최대 분당 주문 수: 31이(가) 되어 한도 30을(를) 1 넘습니다',
    ],
    [
      'Stopped by its max daily loss: 12 USDT lost since midnight UTC, of 10 allowed',
      '중지됨: 봇의 하루 최대 손실: UTC 자정 이후 12 USDT 손실, 허용 10',
    ],
    ['Level 3 answers the sell at level 4', '3단계: 4단계 매도 체결에 대한 반대 주문'],
    [
      'Level -1 was rejected: quantity 0.00001 is not a multiple of 0.001',
      '-1단계 주문이 거부되었습니다: 수량 0.00001은(는) 0.001의 배수가 아닙니다',
    ],
    [
      'EMA 10/30 crossed above: 101.2 and 100.9 at the close 102',
      'EMA 10/30 교차(위로): 101.2과(와) 100.9, 종가 102',
    ],
    [
      'The feed of kraken:BTC/USD is disconnected: nothing came for too long',
      'kraken:BTC/USD 피드의 연결이 끊겼습니다: 너무 오래 아무것도 오지 않았습니다',
    ],
    [
      'Kraken cannot be reached (ECONNREFUSED 127.0.0.1:9).',
      'Kraken에 연결할 수 없습니다(ECONNREFUSED 127.0.0.1:9).',
    ],
    [
      'params.slow: must be longer than the fast average',
      'params.slow: 빠른 평균보다 길어야 합니다',
    ],
    ['onTrade took longer than 5 s (mine.ts:12)', 'onTrade: 5초를 넘었습니다 (mine.ts:12)'],
    [
      'Outside of its schedule until Mon 30 Nov, 09:00 (Asia/Seoul); its orders wait off the market',
      '11월 30일(월) 09:00까지 정해진 시간이 아닙니다(Asia/Seoul). 주문은 시장 밖에서 대기합니다',
    ],
    ['Demo grid stopped with an error', 'Demo grid: 오류로 중지됨'],
    ['Demo grid · BTC/USDT on demo · +1.20 USDT', 'Demo grid · demo BTC/USDT · +1.20 USDT'],
    [
      'Its parameters change: levels from 3 to 5; quantity from 0.1 to 0.2',
      '매개변수 변경: levels: 3에서 5(으)로; 수량: 0.1에서 0.2(으)로',
    ],
    [
      'SyntaxError: Unexpected token (mine.js:2) · The version before goes on.',
      'SyntaxError: Unexpected token (mine.js:2) · 이전 버전이 계속 쓰입니다.',
    ],
    ['mine.js cannot be used as it now is', 'mine.js: 지금 상태로는 쓸 수 없습니다'],
    [
      'strategy: the file of the strategy user:mine cannot be used: candles: say of which interval they are to be (mine.js:1)',
      'user:mine 전략의 파일을 쓸 수 없습니다: candles: 어떤 주기의 캔들인지 지정하세요 (mine.js:1)',
    ],
    [
      'the other of its pair is refused: it would act at once: the market stands at 99',
      '짝이 되는 주문이 거부되었습니다: 바로 체결되거나 발동될 주문입니다. 현재 시장가 99',
    ],
    ['BTC/USDT rose to 64,000 · and 2 more', 'BTC/USDT 64,000까지 상승 · 외 2건'],
  ])('%s', (english, korean) => {
    expect(book.say(english)).toBe(korean);
  });
});

describe('names that are words of ours as well', () => {
  it.each([
    ['running stopped with an error', 'running: 오류로 중지됨'],
    ['error · BTC/USDT on demo', 'error · demo BTC/USDT'],
    ['stopped · BTC/USDT on demo · +1.20 USDT', 'stopped · demo BTC/USDT · +1.20 USDT'],
    ['silent is in error · A bot is silent', 'silent: 오류 · 봇: 무응답'],
    ['There is a group "error" already.', '그룹 "error"이(가) 이미 있습니다.'],
  ])('stay as they are: %s', (english, korean) => {
    expect(book.say(english)).toBe(korean);
  });

  it.each([
    ['running', 'running'],
    ['Over: by the user', '해제: by the user'],
    ['Over: Hub is slow', '해제: 허브가 느립니다'],
    ['Replay: Over: stopped', '재생: 해제: stopped'],
    ['Hub is slow', '허브가 느립니다'],
    ['Still: 3 alerts', '계속: 경보 3건'],
    ['my alerts', 'my alerts'],
  ])('are titles of alerts: %s', (english, korean) => {
    const body = 'BTC/USDT rose to 64,000';
    expect(book.sayNotice({ kind: 'alert', title: english, body })).toEqual({
      ...{ title: korean, body: 'BTC/USDT 64,000까지 상승' },
    });
  });

  it('are not looked for in what somebody announces', () => {
    const said = { title: 'running', body: 'stopped' };
    expect(book.sayNotice({ kind: 'announcement', ...said })).toEqual(said);
  });
});
