/** Why orders are refused, canceled or sent: by the exchange on paper, by limits, by the user. */
export const ORDERS: Readonly<Record<string, string>> = {
  buy: '매수',
  sell: '매도',
  submitted: '제출됨',
  accepted: '접수됨',
  partiallyFilled: '일부 체결',
  filled: '체결 완료',
  canceled: '취소됨',
  rejected: '거부됨',
  expired: '만료됨',
  quantity: '수량',
  'limit price': '지정가',
  'trigger price': '발동가',
  'trailing offset': '추적 간격',
  '{1} {2} is not a decimal': '{1} {2}은(는) 숫자가 아닙니다',
  '{1} {2} is not positive': '{1} {2}은(는) 0보다 크지 않습니다',
  '{1} {2} is not a multiple of {3}': '{1} {2}은(는) {3}의 배수가 아닙니다',
  'the name of its group is longer than {1} characters': '그룹 이름이 {1}자보다 깁니다',
  'post-only and immediate-or-cancel exclude each other':
    '포스트 온리와 즉시 체결 또는 취소(IOC)는 함께 쓸 수 없습니다',
  'the other of its pair is refused: {1}': '짝이 되는 주문이 거부되었습니다: {1}',
  '{1} of its pair was refused: {2}': '짝인 {1}이(가) 거부되었습니다: {2}',
  'it would act at once: the market stands at {1}':
    '바로 체결되거나 발동될 주문입니다. 현재 시장가 {1}',
  'reduce-only, and there is no {1} position': '축소 전용 주문인데 {1} 포지션이 없습니다',
  'its value of {1} {2} is {3} below the least of {4} {5}':
    '주문 금액 {1} {2}이(가) 최소 금액 {4} {5}보다 {3} 적습니다',
  'an ask': '매도 호가',
  'a bid': '매수 호가',
  'post-only, and it would {1} at once from {2} at {3}':
    '포스트 온리 주문인데 {3}의 {2}와(과) 바로 {1} 체결됩니다',
  'insufficient funds: it needs {1} of buying power, {2} is left: {3} too little':
    '자금 부족: 매수 여력 {1}이(가) 필요한데 {2}만 남아 {3} 모자랍니다',
  'the position is being closed': '포지션을 청산하는 중입니다',
  '{1} of its group {2}': '같은 그룹의 {1}이(가) {2}',
  'was filled': '체결되었습니다',
  'was triggered': '발동되었습니다',
  'what is left would trade with {1}, of the same bot, at {2}':
    '남은 수량이 같은 봇의 주문 {1}과(와) {2}에 체결됩니다',
  'not enough liquidity in the book': '호가창에 물량이 부족합니다',
  'not filled at once': '즉시 체결되지 않았습니다',
  'nothing is left to reduce': '더 줄일 포지션이 없습니다',

  'no price is known yet to weigh the order’s value by': '주문 금액을 계산할 가격을 아직 모릅니다',
  "no price is known yet to weigh the order's value by": '주문 금액을 계산할 가격을 아직 모릅니다',
  'max {1}': '최대 {1}',
  'global max {1}': '전체 최대 {1}',
  'order value': '주문 금액',
  'position value': '포지션 금액',
  'orders a minute': '분당 주문 수',
  'open orders': '미체결 주문 수',
  '{1}: it would be {2}, {3} more than {4}': '{1}: {2}이(가) 되어 한도 {4}을(를) {3} 넘습니다',
  '{1}: it would be {2} {3}, {4} more than {5}':
    '{1}: {2} {3}이(가) 되어 한도 {5}을(를) {4} 넘습니다',
  'the kill switch is engaged: {1}': '킬 스위치가 켜져 있습니다: {1}',
  'the bot is paused: {1}': '봇이 일시정지되어 있습니다: {1}',
  'max daily loss: {1} {2} lost since midnight UTC, of {3} allowed':
    '하루 최대 손실: UTC 자정 이후 {1} {2} 손실, 허용 {3}',
  'global max daily loss: {1} {2} lost since midnight UTC, of {3} allowed':
    '전체 하루 최대 손실: UTC 자정 이후 {1} {2} 손실, 허용 {3}',

  'placed by the user': '사용자가 직접 주문',
  'The order does not stand in the market': '주문이 시장에 나와 있지 않습니다',
  'Only an order that was placed by hand can be moved by hand':
    '직접 낸 주문만 직접 옮길 수 있습니다',
  '{1}: not of this order, as it stands': '{1}: 지금 이 주문에는 없는 값입니다',
  'canceled by the user': '사용자가 취소함',
  'closes the position': '포지션 청산',
  'the order was rejected': '주문이 거부되었습니다',
  'nobody takes the other side': '상대 물량이 없습니다',
  'The order is already {1}': '주문이 이미 종료되었습니다: {1}',
  'The order was no longer open when it was to be canceled':
    '취소하려 할 때 주문이 이미 종료되어 있었습니다',
  '{1}: a {2} order needs one': '{1}: {2} 주문에 필요합니다',
  '{1}: not of a {2} order': '{1}: {2} 주문에는 쓰지 않습니다',
  'There is no order {1}': '주문 {1}이(가) 없습니다',
  'Of a fill {1} no trail is kept': '체결 {1}의 경위 기록이 없습니다',
  'no longer wanted': '더 필요하지 않습니다',
};
