/** What bots and those who lead them say: states, refusals, logs. */
export const BOTS: Readonly<Record<string, string>> = {
  running: '실행 중',
  paused: '일시정지',
  stopped: '중지',
  error: '오류',
  silent: '무응답',
  'No feed carries {1=}': '{1}을(를) 전달하는 피드가 없습니다',
  'No feed carries {1=} any more': '{1}을(를) 전달하던 피드가 없어졌습니다',
  'Nothing is heard of it': '소식이 없습니다',
  'Nothing is heard of {1} since {2}': '{2} 이후 {1} 소식이 없습니다',
  'The feed of {1} is disconnected: {2}': '{1} 피드의 연결이 끊겼습니다: {2}',
  'The feed of {1} connects anew': '{1} 피드를 다시 연결하는 중입니다',
  'The feed of {1} has failed: {2}': '{1} 피드가 실패했습니다: {2}',
  'The market of {1} is closed': '{1} 시장은 휴장 중입니다',
  'The market of {1} is closed until {2}': '{1} 시장은 {2}까지 휴장합니다',
  'Order {1} waits for the opening: {2}': '주문 {1}은(는) 개장을 기다립니다: {2}',
  '{1} is heard of again': '{1} 소식이 다시 들어옵니다',
  'Its hours have come': '정해진 시간이 되었습니다',
  'Outside of its schedule until {1} ({2})': '{1}까지 정해진 시간이 아닙니다({2})',
  '{1}; its orders wait off the market': '{1}. 주문은 시장 밖에서 대기합니다',
  '{1}: change its schedule to run it now': '{1}: 지금 실행하려면 시간표를 바꾸세요',
  'Started by the user': '사용자가 시작함',
  'Paused by the user; {1}': '사용자가 일시정지함. {1}',
  'its orders wait off the market': '주문은 시장 밖에서 대기합니다',
  'its orders are canceled': '주문은 취소됩니다',
  'by the user': '사용자 요청',
  'Stopped {1}': '중지됨: {1}',
  'Stopped by the user': '사용자가 중지함',
  'by its {1}': '봇의 {1}',
  'by the {1}': '{1}',
  'by the kill switch: {1}': '킬 스위치: {1}',
  'engaged by the user': '사용자가 켬',
  'Closes its position: stopped {1}': '포지션 청산 중, 중지 사유: {1}',
  '{1}; its position is closed': '{1}. 포지션은 청산되었습니다',
  '{1}; its position of {2} could not be closed: {3}':
    '{1}. 포지션 {2}을(를) 청산하지 못했습니다: {3}',
  'Its position is closed once the market is heard of: {1}':
    '시장 소식이 다시 들어오면 포지션을 청산합니다: {1}',
  'Only a bot that runs can be paused; this one is {1}':
    '실행 중인 봇만 일시정지할 수 있습니다. 이 봇의 상태: {1}',
  'It is closing its position': '포지션을 청산하는 중입니다',
  'It is closing its position: stop it instead': '포지션을 청산하는 중입니다. 대신 중지하세요',
  'It is paused: start or stop it first ({1})':
    '일시정지되어 있습니다. 먼저 시작하거나 중지하세요({1})',
  'Everything is stopped. That could not be kept, so that bots may go on at the next start: make room on the disk, and do it again.':
    '모두 중지되었습니다. 다만 저장하지 못해 다음에 시작하면 봇이 다시 실행될 수 있습니다. 디스크 공간을 확보한 뒤 다시 실행하세요.',
  'The kill switch is engaged ({1}): release it first':
    '킬 스위치가 켜져 있습니다({1}). 먼저 해제하세요',
  'It is archived: bring it back first': '보관되어 있습니다. 먼저 되돌리세요',
  'It would be stopped by its {1}': '시작해도 다음 한도로 중지됩니다: {1}',
  'there is no strategy {1=}': '{1} 전략이 없습니다',
  'strategy: {1}': '{1}',
  'the file of the strategy {1=} cannot be used: {2}': '{1} 전략의 파일을 쓸 수 없습니다: {2}',
  'Its file cannot be used as it now is: {1} · {2}': '지금 상태의 파일은 쓸 수 없습니다: {1} · {2}',
  '{1=} cannot be used as it now is': '{1}: 지금 상태로는 쓸 수 없습니다',
  'The version before goes on.': '이전 버전이 계속 쓰입니다.',
  'Bots that trade by it cannot start again until it is put right.':
    '바로잡을 때까지 이 파일을 쓰는 봇은 다시 시작할 수 없습니다.',
  'There is no bot {1=}': '봇 {1}이(가) 없습니다',
  'Stop the bot before archiving it': '보관하기 전에 봇을 중지하세요',
  'Stop the bot before deleting it': '삭제하기 전에 봇을 중지하세요',
  'It still holds {1}: close its position first':
    '아직 {1}을(를) 보유합니다. 먼저 포지션을 청산하세요',
  'It still has open orders: cancel them first': '아직 미체결 주문이 있습니다. 먼저 취소하세요',
  'The bot is archived': '봇이 보관되어 있습니다',
  'It holds no position': '포지션이 없습니다',
  'Its strategy has changed': '전략이 바뀌었습니다',
  'Stop the bot before changing {1}{2}': '다음을 바꾸려면 먼저 봇을 중지하세요: {1}{2}',
  'Stop the bot before changing {1}; {2} can change while it runs':
    '다음을 바꾸려면 먼저 봇을 중지하세요: {1}. 실행 중에도 바꿀 수 있는 것: {2}',
  '; {1} can change while it runs': '. 실행 중에도 바꿀 수 있는 것: {1}',
  'Its parameters change: {1}': '매개변수 변경: {1}',
  '{1_} from {2_} to {3_}': '{1}: {2}에서 {3}(으)로',
  '{1}, which takes effect {2}': '{1}, 적용 시점: {2}',
  'initialCash: must not be negative': '초기 자금은 음수일 수 없습니다',
  'initialCash: only {1} can be taken out': '초기 자금: {1}까지만 뺄 수 있습니다',
  'Closes the position, and does nothing else.': '포지션을 청산하고 다른 일은 하지 않습니다.',
  'Does nothing.': '아무것도 하지 않습니다.',
  'Could not start: {1}': '시작하지 못했습니다: {1}',
  'The ledger could not be written. {1} Then start the bot again.':
    '원장에 기록하지 못했습니다. {1} 그런 다음 봇을 다시 시작하세요.',
  'The ledger could not be written: {1}': '원장에 기록하지 못했습니다: {1}',
  'Its stored {1} cannot be read.': '저장된 {1}을(를) 읽을 수 없습니다',
  '{1} of {2} candles ({3})': '캔들 {2}개 중 {1}개({3})',
  'Warmed up with {1}': '준비 완료: {1}',
  'Warmed up with {1}: no more is known, so signals come later':
    '준비: {1}. 더 알려진 것이 없어 신호가 늦게 나옵니다',
  'the strategy answers its own orders without end': '전략이 자신의 주문에 끝없이 반응합니다',
  '{1=} stopped with an error': '{1}: 오류로 중지됨',
  '{1=} stopped by a limit': '{1}: 한도에 걸려 중지됨',
  '{1} has stopped: {2}': '{1} 중지됨: {2}',

  // Of bots that run elsewhere.
  '{1=} reports again': '{1}: 다시 보고합니다',
  'It was archived, and is among the bots again.': '보관되어 있었으며 다시 봇 목록에 있습니다.',
  'This bot runs outside of Tapedeck: only where it runs can that be done':
    'Tapedeck 밖에서 실행되는 봇입니다. 실행 중인 곳에서만 할 수 있습니다',
  'This bot runs outside of Tapedeck: it can be told to stop, but not to close its position':
    'Tapedeck 밖에서 실행되는 봇입니다. 중지하라고 할 수는 있지만 포지션을 청산하게 할 수는 없습니다',
  'Asked to stop {1}': '중지를 요청함: {1}',
  'Asked to stop; it has not answered yet': '중지를 요청했으며 아직 응답이 없습니다',
  'It is not connected now: it is told to stop if it is back within 10 minutes':
    '지금 연결되어 있지 않습니다. 10분 안에 돌아오면 중지하라고 합니다',
  'It was asked to stop, and did not within 10 minutes':
    '중지를 요청했지만 10분 안에 중지하지 않았습니다',
  'The record before it has not arrived; send both again':
    '앞선 기록이 도착하지 않았습니다. 둘 다 다시 보내세요',
  'The ledger could not be written; send it again': '원장에 기록하지 못했습니다. 다시 보내세요',
  'There are {1} external bots already': '외부 봇이 이미 {1}개 있습니다',
  'The bot still reports: stop it where it runs, then delete it':
    '봇이 아직 보고합니다. 실행 중인 곳에서 중지한 뒤 삭제하세요',
  'The bot still reports: stop it where it runs, then archive it':
    '봇이 아직 보고합니다. 실행 중인 곳에서 중지한 뒤 보관하세요',

  // Of a user's own strategy. What is wrong is followed by its place.
  '{1} ({2})': '{1} ({2})',
  'took longer than {1} s': '{1}초를 넘었습니다',
  'needed more than {1} MB of memory': '메모리 {1} MB를 넘었습니다',
  'Of the user’s own making.': '사용자가 만든 전략입니다.',
  'not a name of letters and digits': '영문자와 숫자로 된 이름이 아닙니다',
  'the module': '모듈',
  'say what the order is for': '주문의 이유를 적으세요',
  'The strategy': '전략',
  'Loading the module': '모듈 불러오기',
  '{1} took longer than {2} s': '{1}: {2}초를 넘었습니다',
  'There are several files of this name: {1}': '같은 이름의 파일이 여러 개입니다: {1}',
  '{1} needed more than {2} MB of memory': '{1}: 메모리 {2} MB를 넘었습니다',
  'The strategy’s thread has ended': '전략의 스레드가 끝났습니다',
  'The strategy was stopped': '전략이 중지되었습니다',
  'Nothing is known of the market yet': '시장에 대해 아직 알려진 것이 없습니다',
  'The strategy orders in a loop: {1} orders at one event':
    '전략이 반복해서 주문합니다: 한 이벤트에 주문 {1}건',
  'The strategy logs in a loop: {1} lines at one event':
    '전략이 반복해서 로그를 남깁니다: 한 이벤트에 {1}줄',
  'no more than 500 characters': '500자까지',
  'bot.state is too large: {1} characters of JSON, of {2} allowed':
    'bot.state가 너무 큽니다: JSON {1}자, 허용 {2}자',
  'The module has no "export default" with a strategy':
    '모듈에 전략을 담은 "export default"가 없습니다',
  '{1}: there is no such parameter': '{1}: 그런 매개변수가 없습니다',
  '{1}: must be a choice of intervals, such as 1m': '{1}: 1m 같은 주기 가운데 골라야 합니다',
  'candles: say of which interval they are to be': 'candles: 어떤 주기의 캔들인지 지정하세요',
  'timerSeconds: say how often': 'timerSeconds: 얼마나 자주인지 지정하세요',
};
