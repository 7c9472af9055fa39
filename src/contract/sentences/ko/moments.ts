const DAYS = { Sun: '일', Mon: '월', Tue: '화', Wed: '수', Thu: '목', Fri: '금', Sat: '토' };
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');

/** Moments in sentences, `Mon 30 Nov, 09:00`. */
export const MOMENTS: Readonly<Record<string, string>> = {
  ...DAYS,
  ...Object.fromEntries(
    MONTHS.map((month, at) => [`{1_} {2_} ${month}, {3_}`, `${at + 1}월 {2}일({1}) {3}`]),
  ),
};
