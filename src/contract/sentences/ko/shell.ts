/** What the desktop says outside of its windows. */
export const SHELL: Readonly<Record<string, string>> = {
  'Show Tapedeck': 'Tapedeck 열기',
  Quit: '종료',
  'Quit Tapedeck': 'Tapedeck 종료',
  'Try again': '다시 시도',
  'The window keeps crashing.': '창이 계속 중단됩니다.',
  'The monitor itself goes on: bots run and fills are recorded.':
    '모니터는 계속 동작합니다. 봇은 실행되고 체결은 기록됩니다.',
  'Tapedeck could not start': 'Tapedeck을 시작하지 못했습니다',
  'Its window could not be loaded: reinstall Tapedeck.':
    '창을 불러오지 못했습니다. Tapedeck을 다시 설치하세요.',
  'Something unexpected went wrong; the log says what.':
    '예상하지 못한 문제가 생겼습니다. 로그에 내용이 있습니다.',
  'This frame may not call the hub.': '이 프레임은 허브를 쓸 수 없습니다.',
  'A call is an event name and its payload.': '요청은 이벤트 이름과 내용으로 이루어집니다.',
  'There is no such event.': '그런 이벤트가 없습니다.',
  'This page has no open session.': '이 페이지에는 열린 세션이 없습니다.',
  'Tapedeck failed to do this.': 'Tapedeck이 처리하지 못했습니다.',
  'The monitor did not answer': '모니터가 응답하지 않았습니다',
  'The monitor did not answer: it may have been done or not. Look before you try again.':
    '모니터가 응답하지 않아 처리되었는지 알 수 없습니다. 다시 시도하기 전에 확인하세요.',
};
