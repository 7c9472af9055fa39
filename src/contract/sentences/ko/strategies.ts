/** Names, explanations and reasons of the built-in strategies. */
export const STRATEGIES: Readonly<Record<string, string>> = {
  // What forms say of any strategy.
  Quantity: '수량',
  Candles: '캔들',
  Directions: '방향',
  Average: '평균',
  Every: '주기',
  Exit: '청산 기준',
  Spacing: '간격',
  'Stop loss': '손절',
  'The interval of the candles that it computes from.': '계산에 쓰는 캔들의 주기입니다.',
  'Whether it buys to sell later (long), sells to buy back later (short), or both.':
    '나중에 팔기 위해 사는지(롱), 나중에 되사기 위해 파는지(숏), 둘 다인지 정합니다.',
  'Closes the position with a stop order when the price goes so far against it from its average entry; 0 for none.':
    '가격이 평균 진입가에서 이만큼 불리하게 움직이면 스톱 주문으로 포지션을 청산합니다. 0이면 쓰지 않습니다.',
  'How much it holds at a time, in the base currency.':
    '한 번에 보유하는 수량(기초 자산 기준)입니다.',
  long: '롱',
  short: '숏',
  both: '양방향',
  base: '기초 자산',
  quote: '결제 통화',
  orders: '주문',
  candles: '캔들',
  minutes: '분',
  SMA: 'SMA',
  EMA: 'EMA',

  // When a change of a parameter takes effect, as it follows "takes effect".
  'for the orders that it places from then on': '그 뒤에 내는 주문부터',
  'with the next purchase': '다음 매수부터',
  'after the purchase that is due next': '다음에 예정된 매수 이후부터',
  'once the next purchase has moved the average': '다음 매수로 평균이 바뀐 뒤부터',
  'at the next breakout': '다음 돌파부터',
  'at the next cross': '다음 교차부터',
  'at the next entry': '다음 진입부터',
  'at the next close of a candle': '다음 캔들 마감부터',
  'behind the next position': '다음 포지션부터',

  // Grid
  Grid: '그리드',
  'Levels a side': '한쪽 단계 수',
  'How many buy orders below and sell orders above the price at the start.':
    '시작 가격 아래의 매수 주문과 위의 매도 주문이 각각 몇 개인지 정합니다.',
  'Distance between neighbouring levels, in hundredths of a percent.':
    '이웃한 단계 사이의 거리이며, 단위는 0.01%입니다.',
  'How much each level buys or sells, in the base currency.':
    '단계마다 사고파는 수량(기초 자산 기준)입니다.',
  'Places buy orders at equal distances below the price and sell orders above it. Each time one is filled, the opposite order is placed one level further in, so that every swing between two levels earns their distance. Loses when the price leaves the grid and does not come back.':
    '가격 아래에는 매수 주문을, 위에는 매도 주문을 같은 간격으로 놓습니다. 하나가 체결될 때마다 한 단계 안쪽에 반대 주문을 놓아, 두 단계 사이를 오갈 때마다 그 간격만큼 법니다. 가격이 그리드를 벗어나 돌아오지 않으면 손실이 납니다.',
  'Grid of {1} levels a side, {2} bps, at {3}': '한쪽 {1}단계, {2} bps 간격의 그리드, 기준가 {3}',
  'lays the grid': '그리드 설치',
  'answers the {1} at level {2}': '{2}단계 {1} 체결에 대한 반대 주문',
  'Level {1} {2}': '{1}단계: {2}',
  'Level {1} was rejected: {2}': '{1}단계 주문이 거부되었습니다: {2}',
  'A grid of {1} bps at {2} is finer than the price step {3}':
    '{2}에서 {1} bps 그리드는 호가 단위 {3}보다 촘촘합니다',

  // Cost averaging
  'Cost averaging (DCA)': '적립식 매수(DCA)',
  'Amount a purchase': '회당 매수 금액',
  'For how much it buys each time, in the quote currency.': '매번 사는 금액(결제 통화 기준)입니다.',
  'How often it buys: at whole multiples of this since 1970 in UTC, so 1440 is at midnight, and once when it starts.':
    '사는 주기입니다. 1970년(UTC)부터 센 배수 시각에 사므로 1440이면 자정이며, 시작할 때도 한 번 삽니다.',
  'Most purchases': '최대 매수 횟수',
  'After so many it buys no more; 0 for no end.':
    '이 횟수를 넘으면 더 사지 않습니다. 0이면 끝이 없습니다.',
  'Take profit': '익절',
  'Sells everything by a limit order so far above the average price paid; 0 to keep it.':
    '평균 매수가보다 이만큼 높은 지정가 주문으로 모두 팝니다. 0이면 팔지 않습니다.',
  'Buys for the same amount of money at regular times, whatever the price, so that it gets more when the price is low and less when it is high. It never sells unless a take profit is set: then everything is sold when the price is so far above the average that was paid. Carries the whole risk of a market that falls.':
    '가격과 상관없이 일정한 때마다 같은 금액만큼 사므로, 쌀 때 더 많이, 비쌀 때 더 적게 삽니다. 익절을 정하지 않으면 팔지 않으며, 정하면 가격이 평균 매수가보다 그만큼 높을 때 모두 팝니다. 시장이 내릴 때의 위험을 그대로 집니다.',
  'first purchase': '첫 매수',
  'purchase of every {1} minutes': '{1}분마다의 매수',
  'No {1}: at {2} an amount of money is no quantity':
    '{1}: {2}에서는 금액을 수량으로 바꿀 수 없어 하지 않았습니다',
  'No {1}: {2} is less than the least quantity at {3}':
    '{1}: {2}(으)로는 {3}에서 최소 수량에 못 미쳐 하지 않았습니다',
  'No. {1}, {2}, for {3} at {4}': '{1}번째, {2}, 금액 {3}, 가격 {4}',
  'Purchase no. {1} bought nothing: {2}': '{1}번째 매수에서 산 것이 없습니다: {2}',
  'Purchase no. {1} was refused: {2}': '{1}번째 매수가 거부되었습니다: {2}',
  'the average price has changed': '평균 매수가가 바뀌었습니다',
  'Take profit: {1} % above the average {2}': '익절: 평균 {2}보다 {1}% 위',

  // Moving-average cross
  'Moving-average cross': '이동평균 교차',
  'Simple (SMA), or exponential (EMA), which follows the last closes more closely.':
    '단순(SMA) 또는 최근 종가를 더 가깝게 따라가는 지수(EMA) 평균입니다.',
  'Fast average': '빠른 평균',
  'How many candles the faster average looks back.': '빠른 평균이 돌아보는 캔들 수입니다.',
  'Slow average': '느린 평균',
  'How many candles the slower average looks back.': '느린 평균이 돌아보는 캔들 수입니다.',
  'must be longer than the fast average': '빠른 평균보다 길어야 합니다',
  'Follows the trend with two averages of the closing prices. When the faster one crosses above the slower one it buys, when it crosses below it sells (and goes short where that is allowed). Earns in long moves, and loses a little at each false start while the market goes sideways.':
    '종가의 두 평균으로 추세를 따릅니다. 빠른 평균이 느린 평균을 위로 넘으면 사고, 아래로 넘으면 팝니다(허용하면 숏도 잡습니다). 긴 움직임에서 벌고, 횡보장에서는 잘못된 신호마다 조금씩 잃습니다.',
  '{1} crossed {2}: {3}': '{1} 교차({2}): {3}',
  '{1} and {2} at the close {3}': '{1}과(와) {2}, 종가 {3}',
  above: '위로',
  below: '아래로',

  // RSI reversion
  'RSI reversion': 'RSI 되돌림',
  'RSI period': 'RSI 기간',
  'How many candles the relative strength index looks back.':
    '상대강도지수가 돌아보는 캔들 수입니다.',
  Oversold: '과매도',
  'Buys when the index falls below this.': '지수가 이 값 아래로 내려가면 삽니다.',
  Overbought: '과매수',
  'Sells short, where allowed, when the index rises above this.':
    '허용하면, 지수가 이 값 위로 올라갈 때 숏을 잡습니다.',
  'Closes the position when the index has come back to this.':
    '지수가 이 값으로 돌아오면 포지션을 청산합니다.',
  'must lie above oversold': '과매도 값보다 커야 합니다',
  'must lie below overbought': '과매수 값보다 작아야 합니다',
  'Bets that what has moved too far comes back. When the relative strength index of the closing prices falls below the oversold level it buys, and closes when the index is back in the middle; above the overbought level it does the reverse, where short is allowed. Earns while the market swings, and loses when a strong trend goes on: a stop loss limits that.':
    '너무 멀리 움직인 가격이 되돌아온다는 데 겁니다. 종가의 상대강도지수가 과매도 아래로 내려가면 사고, 가운데로 돌아오면 청산합니다. 숏을 허용하면 과매수 위에서는 반대로 합니다. 시장이 오르내릴 때 벌고, 강한 추세가 이어지면 잃으며, 손절이 이를 제한합니다.',
  'RSI {1} fell below {2}': 'RSI {1}: {2} 아래로 내려감',
  'RSI {1} rose above {2}': 'RSI {1}: {2} 위로 올라감',
  'RSI {1} is back at {2}': 'RSI {1}: {2}(으)로 돌아옴',

  // Donchian breakout
  'Donchian breakout': '돈치안 돌파',
  'Entry channel': '진입 채널',
  'Enters when a close leaves the range of so many candles before it.':
    '종가가 앞선 이 개수의 캔들 범위를 벗어나면 진입합니다.',
  'Exit channel': '청산 채널',
  'Closes when a close leaves the range of so many candles on the other side.':
    '종가가 이 개수의 캔들 범위를 반대쪽으로 벗어나면 청산합니다.',
  'Goes with the market when it leaves the range it was in. It buys when a candle closes above the highest price of the candles before it, and closes when one closes below the lowest price of a shorter range; where short is allowed, the other way round as well. Wins seldom but big, in markets that move far, and loses a little at each breakout that fails.':
    '시장이 머물던 범위를 벗어나면 따라갑니다. 캔들이 앞선 캔들의 최고가 위에서 마감하면 사고, 더 짧은 범위의 최저가 아래에서 마감하면 청산합니다. 숏을 허용하면 반대로도 합니다. 멀리 움직이는 시장에서 드물지만 크게 벌고, 돌파가 실패할 때마다 조금씩 잃습니다.',
  "The close {1} is above the channel's top {2}": '종가 {1}이(가) 채널 상단 {2} 위입니다',
  "The close {1} is below the channel's foot {2}": '종가 {1}이(가) 채널 하단 {2} 아래입니다',
  "The close {1} is below the exit channel's {2}": '종가 {1}이(가) 청산 채널 {2} 아래입니다',
  "The close {1} is above the exit channel's {2}": '종가 {1}이(가) 청산 채널 {2} 위입니다',

  // What several of them do.
  '{1}: what was on its way is no longer wanted': '{1}: 진행 중이던 주문은 더 필요하지 않습니다',
  '{1}: the position changes': '{1}: 포지션이 바뀝니다',
  'The order was refused: {1}': '주문이 거부되었습니다: {1}',
  'The stop was refused: {1}': '스톱 주문이 거부되었습니다: {1}',
  'no reason was given': '이유를 알려 주지 않았습니다',
  'Stop loss: {1} % from the average entry {2}': '손절: 평균 진입가 {2}에서 {1}%',
  'not a positive decimal': '0보다 큰 숫자가 아닙니다',
};
