/** Why the monitor cannot start, or keep what it should: the data directory, databases, tokens. */
export const STORAGE: Readonly<Record<string, string>> = {
  'written to': '쓸',
  created: '만들',
  'The data directory {1} is, or lies below, a file: choose another one.':
    '데이터 디렉터리 {1}이(가) 파일이거나 파일 아래에 있습니다. 다른 곳을 고르세요.',
  'The data directory {1} cannot be {2}: {3}.': '데이터 디렉터리 {1}을(를) {2} 수 없습니다: {3}.',
  'its permissions do not allow it; choose another one': '권한이 없습니다. 다른 곳을 고르세요',
  'it is on a read-only disk; choose another one':
    '읽기 전용 디스크에 있습니다. 다른 곳을 고르세요',
  '{1} is there already: name another file.': '{1}이(가) 이미 있습니다. 다른 파일을 지정하세요.',
  '{1} cannot be written: {2}.': '{1}을(를) 쓸 수 없습니다: {2}.',
  '{1} is not a file: move it away and start again.':
    '{1}이(가) 파일이 아닙니다. 옮기고 다시 시작하세요.',
  '{1} belongs to another program: move it away, or choose another data directory.':
    '{1}은(는) 다른 프로그램의 것입니다. 옮기거나 다른 데이터 디렉터리를 고르세요.',
  '{1} was written by a newer Tapedeck (version {2}; this one knows {3}): update Tapedeck, or choose another data directory.':
    '{1}은(는) 더 새로운 Tapedeck이 기록했습니다(버전 {2}, 여기서 아는 버전 {3}). Tapedeck을 업데이트하거나 다른 데이터 디렉터리를 고르세요.',
  '{1} is not a Tapedeck database; nothing in it was changed: move it away, or restore a backup, and start again.':
    '{1}은(는) Tapedeck 데이터베이스가 아니며 바꾼 것이 없습니다. 옮기거나 백업을 되살린 뒤 다시 시작하세요.',
  '{1} is damaged; nothing in it was changed: move it away, or restore a backup, and start again.':
    '{1}이(가) 손상되었으며 바꾼 것이 없습니다. 옮기거나 백업을 되살린 뒤 다시 시작하세요.',
  '{1} is read-only: make it and its folder writable.':
    '{1}이(가) 읽기 전용입니다. 파일과 폴더에 쓸 수 있게 하세요.',
  'The disk is full: {1} cannot grow until there is room.':
    '디스크가 가득 찼습니다. 공간이 생길 때까지 {1}이(가) 커질 수 없습니다.',
  '{1} cannot be opened: check that it is a file and that its folder may be written to.':
    '{1}을(를) 열 수 없습니다. 파일인지, 폴더에 쓸 수 있는지 확인하세요.',
  '{1} is in use by another program: close that program and try again.':
    '다른 프로그램이 {1}을(를) 쓰고 있습니다. 그 프로그램을 닫고 다시 시도하세요.',
  '{1} may not be opened: its permissions do not allow it.': '{1}을(를) 열 권한이 없습니다.',
  '{1} cannot be read or written: the disk reports an error.':
    '{1}을(를) 읽거나 쓸 수 없습니다. 디스크가 오류를 알립니다.',
  '{1} failed: {2}.': '{1} 실패: {2}.',
  'Another Tapedeck': '다른 Tapedeck',
  'Another Tapedeck (process {1})': '다른 Tapedeck(프로세스 {1})',
  '{1} is using the data directory {2}: close it, or choose another directory.':
    '{1}이(가) 데이터 디렉터리 {2}을(를) 쓰고 있습니다. 닫거나 다른 디렉터리를 고르세요.',
  'The token file {1} is damaged; remove it to get a new token.':
    '토큰 파일 {1}이(가) 손상되었습니다. 지우면 새 토큰이 만들어집니다.',
  'The token file {1} cannot be used ({2}).': '토큰 파일 {1}을(를) 쓸 수 없습니다({2}).',
  'The token is not good, no longer good or revoked':
    '토큰이 올바르지 않거나, 만료되었거나, 취소되었습니다',
  'There is no token {1}': '토큰 {1}이(가) 없습니다',
};
