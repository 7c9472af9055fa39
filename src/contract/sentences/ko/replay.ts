/** Replay decks and backtests. */
export const REPLAY: Readonly<Record<string, string>> = {
  next: '다음',
  previous: '이전',
  'There is no {1} fill.': '{1} 체결이 없습니다.',
  'The deck has played all it has.': '데크가 끝까지 재생되었습니다.',
  'There is no replay deck {1}': '재생 데크 {1}이(가) 없습니다',
  'The deck has failed.': '데크가 실패했습니다.',
  'The deck failed to play this.': '데크가 재생하지 못했습니다.',
  'Deck {1} is being opened: {2} % is read.': '데크 {1} 여는 중: {2}% 읽음.',
  'Deck {1} was closed before it was open.': '데크 {1}이(가) 열리기 전에 닫혔습니다.',
  'At most {1} decks may be open: close one first.':
    '데크는 최대 {1}개까지 열 수 있습니다. 먼저 하나를 닫으세요.',
  'The deck failed to open.': '데크를 열지 못했습니다.',
  'That cannot be asked of a replay deck': '재생 데크에는 할 수 없는 요청입니다',
  'There is no order book at this moment of the recording.':
    '기록의 이 시점에는 호가창이 없습니다.',
  'The tape holds trades only: there is no order book to show.':
    '테이프에는 거래만 있어 보여 줄 호가창이 없습니다.',
  'The tape holds no trade of {1}.': '테이프에 {1} 거래가 없습니다.',
  'fromTime: must lie before toTime': '시작은 끝보다 앞이어야 합니다',
  'The tape holds trades from {1}: none of that stretch.':
    '테이프의 거래는 {1}이며 그 구간에는 없습니다.',
  'There are candles from {1}: none of that stretch.': '캔들은 {1}이며 그 구간에는 없습니다.',
  'The tape holds trades from {1} to {2}: none of that stretch.':
    '테이프의 거래는 {1}부터 {2}까지이며 그 구간에는 없습니다.',
  'There are candles from {1} to {2}: none of that stretch.':
    '캔들은 {1}부터 {2}까지이며 그 구간에는 없습니다.',
  'fromTime: a recording is played as a whole': '기록은 전체로만 재생됩니다',
  '{1} holds nothing that has a time.': '{1}에 시각이 있는 것이 없습니다.',
  '{1} cannot be read as {2}: {3}': '{1}을(를) {2}(으)로 읽을 수 없습니다: {3}',
  'watches {1}, which the deck does not play.': '데크가 재생하지 않는 {1}을(를) 봅니다.',
  'must be about any bot: the deck has its own.':
    '모든 봇에 대한 규칙이어야 합니다. 데크에는 자체 봇이 있습니다.',
  'is about feeds or the hub: a deck has neither.':
    '피드나 허브에 대한 규칙입니다. 데크에는 둘 다 없습니다.',
  'The replay failed.': '재생에 실패했습니다.',
  'an alert rule': '경보 규칙',
  'is not {1}': '다음이 아닙니다: {1}',
  'There are no trades on the tape yet.': '테이프에 아직 거래가 없습니다.',
  'Going back plays it from its start: {1}.': '뒤로 가면 처음부터 다시 재생합니다: {1}.',
  'too little room is left on the disk': '디스크의 남은 공간이 너무 적습니다',
  'the disk is full': '디스크가 가득 찼습니다',
  'the data directory cannot be written to': '데이터 디렉터리에 쓸 수 없습니다',
  'the disk is read-only': '디스크가 읽기 전용입니다',
  'the system answers {1}': '시스템의 응답: {1}',
  'What was read of the recording cannot be read again ({1}): close the deck, and open it anew.':
    '기록에서 읽은 것을 다시 읽을 수 없습니다({1}). 데크를 닫고 다시 여세요.',
  'names an unknown instrument': '모르는 종목이 있습니다',
  'holds an unknown kind of event': '모르는 종류의 이벤트가 있습니다',
  'ends too early': '너무 일찍 끝납니다',
  'has a wrong length': '길이가 맞지 않습니다',
  'either instruments or file': '종목과 파일 가운데 하나만 지정하세요',
  'either time or fill': '시각과 체결 가운데 하나만 지정하세요',

  'At most {1} backtests may wait.': '백테스트는 최대 {1}건까지 대기할 수 있습니다.',
  'Cancel it before removing it.': '제거하기 전에 취소하세요.',
  'There is no backtest {1}.': '백테스트 {1}이(가) 없습니다.',
  'The monitor ended while it ran.': '실행 중에 모니터가 끝났습니다.',
  'It is done, but what came of it could not be written to the disk.':
    '끝났지만 결과를 디스크에 쓰지 못했습니다.',
  'It was canceled.': '취소되었습니다.',
  'There is no report: it is a sweep, or not done.':
    '보고서가 없습니다. 스윕이거나 끝나지 않았습니다.',
  'What came of it is damaged, and cannot be read.': '결과가 손상되어 읽을 수 없습니다.',
  'The strategy wants candles of {1}, and these are of {2}: none can be made of them.':
    '전략은 {1} 캔들이 필요한데 있는 것은 {2}이라 만들 수 없습니다.',
  'Of a recording, which is played as a whole, nothing is held out.':
    '전체로 재생되는 기록에서는 검증 구간을 떼어 둘 수 없습니다.',
  'sweep.holdout: a recording is played as a whole': '검증 구간: 기록은 전체로만 재생됩니다',
  'bot.strategy: there is no {1=}': '{1} 전략이 없습니다',
  'sweep.grid: {1} has no parameter {2}': '스윕: {1}에 매개변수 {2}이(가) 없습니다',
  'source.file: must be an absolute path': '파일: 전체 경로여야 합니다',
  'There is nothing of {1} to play.': '재생할 {1} 데이터가 없습니다.',
  'There is no tape at {1}.': '{1}에 테이프가 없습니다.',
  'There is no tape in {1}.': '{1}에 테이프가 없습니다.',
  'No candles of {1} of {2} were imported.{3}': '{2}의 {1} 캔들을 가져온 적이 없습니다.{3}',
  ' There are some of {1}.': ' {1} 캔들은 있습니다.',
  'A grid needs a parameter, as in fast=5..20:5.':
    '스윕에는 fast=5..20:5처럼 매개변수가 필요합니다.',
  'A grid of {1} runs: at most {2} are done.':
    '{1}회 실행의 스윕입니다. 최대 {2}회까지 할 수 있습니다.',
  '"{1}" is not like fast=5..20:5 or average=SMA|EMA.':
    '"{1}"은(는) fast=5..20:5나 average=SMA|EMA 같은 형식이 아닙니다.',
  '{1} is in the grid twice.': '{1}이(가) 스윕에 두 번 있습니다.',
  '"{1}" is not FROM..TO, in ISO 8601 or epoch milliseconds.':
    '"{1}"은(는) ISO 8601이나 밀리초로 쓴 FROM..TO가 아닙니다.',
  'a grid needs a parameter': '스윕에 매개변수가 필요합니다',
  'to: must not lie below from': '끝 값은 시작 값보다 작을 수 없습니다',
  'step: more than {1} values': '간격: 값이 {1}개보다 많습니다',
};
