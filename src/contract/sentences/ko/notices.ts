/** What Tapedeck itself calls things that others are called by their users. */
export const NAMES: Readonly<Record<string, string>> = {
  'Hub is slow': '허브가 느립니다',
  'Hub loses clients': '허브의 클라이언트 연결이 끊깁니다',
  'Hub is crowded': '허브의 연결이 너무 많습니다',
  'Market data is missing': '시세가 들어오지 않습니다',
  'A bot is silent': '봇이 응답하지 않습니다',
  'A bot': '봇',
  'A feed': '피드',
};

/** Titles of alerts’ news: before the name of the rule, or of how many it is. */
export const TITLES: Readonly<Record<string, string>> = {
  'Replay: {1}': '재생: {1}',
  'Over: {1=}': '해제: {1}',
  'Still: {1=}': '계속: {1}',
  'Not acknowledged: {1=}': '미확인: {1}',
  'Test: {1=}': '시험: {1}',
  '{1#} alerts': '경보 {1}건',
  'Over: {1#} alerts': '해제: 경보 {1}건',
  'Still: {1#} alerts': '계속: 경보 {1}건',
  'Not acknowledged: {1#} alerts': '미확인: 경보 {1}건',
};

/** Titles and texts of notifications: fills, alerts, the tape. */
export const NOTICES: Readonly<Record<string, string>> = {
  Bought: '매수',
  Sold: '매도',
  'Bought {1} at {2}': '{2}에 {1} 매수',
  'Sold {1} at {2}': '{2}에 {1} 매도',
  '{1_=} on {2_=}': '{2} {1}',
  '{1=} · {2_=} on {3_=}': '{1} · {3} {2}',
  '{1=} · {2_=} on {3_=} · {4=}': '{1} · {3} {2} · {4}',
  '1 more fill': '체결 1건 더',
  '{1} more fills': '체결 {1}건 더',
  'Latest: {1}': '최근: {1}',
  'Replay: {1}': '재생: {1}',
  'The tape cannot be written': '테이프를 기록할 수 없습니다',
  'The tape is written again': '테이프를 다시 기록합니다',
  'An instrument is gone': '종목이 없어졌습니다',
  '{1} The rest of the feed goes on; change it, and what trades there.':
    '{1} 피드의 나머지는 계속됩니다. 피드와 그 종목을 거래하는 봇을 바꾸세요.',
  'The ledger is written again': '원장에 다시 기록합니다',
  'Bots that were stopped for it can be started: {1=}':
    '그 때문에 중지된 봇을 시작할 수 있습니다: {1}',
  'What there was no room for meanwhile is marked as a gap.':
    '그동안 기록하지 못한 부분은 공백으로 표시됩니다.',

  'and {1} more': '외 {1}건',
  'fell to': '하락',
  'rose to': '상승',
  '{1=} fell to {2}': '{1} {2}까지 하락',
  '{1=} rose to {2}': '{1} {2}까지 상승',
  '{1} moved {2} % in {3}': '{1} {3} 동안 {2}% 변동',
  '{1}× the usual volume': '평소 거래량의 {1}배',
  '{1} traded {2} in {3}': '{1} {3} 동안 {2} 거래',
  '{1=} has a spread of {2} bp': '{1} 스프레드 {2} bp',
  'The position of {1=} stands at {2}': '{1}의 포지션 손익 {2}',
  '{1=} is {2} % below its peak': '{1} 최고점 대비 {2}% 낮음',
  '{1=} sends nothing': '{1} 소식 없음',
  'The hub’s latency p99 in ms': '허브 지연 p99(ms)',
  'The rate of disconnects a second': '초당 연결 끊김',
  'The number of connections': '연결 수',
  'The hub’s latency p99 in ms is {1}': '허브 지연 p99 {1} ms',
  'The rate of disconnects a second is {1}': '초당 연결 끊김 {1}건',
  'The number of connections is {1}': '연결 수 {1}',
  '{1=} is stopped': '{1}: 중지됨',
  '{1=} is in error': '{1}: 오류',
  '{1=} is silent': '{1}: 무응답',
  '{1=} is stopped or in error': '{1}: 중지 또는 오류',
  '{1=} is stopped or silent': '{1}: 중지 또는 무응답',
  '{1=} is in error or silent': '{1}: 오류 또는 무응답',
  '{1=} is stopped or in error or silent': '{1}: 중지, 오류 또는 무응답',
  'in error': '오류',
  '{1} min': '{1}분',
  '{1} s': '{1}초',

  'There are {1} rules already: remove one first.':
    '규칙이 이미 {1}개 있습니다. 먼저 하나를 제거하세요.',
  'There are {1} silences already: end one first.':
    '무음 설정이 이미 {1}개 있습니다. 먼저 하나를 끝내세요.',
  'A rule that comes with Tapedeck can be disabled, not removed.':
    'Tapedeck에 포함된 규칙은 끌 수 있지만 제거할 수 없습니다.',
  'There is no silence {1=}': '무음 설정 {1}이(가) 없습니다',
  'There is no alert rule {1=}': '경보 규칙 {1}이(가) 없습니다',
};
