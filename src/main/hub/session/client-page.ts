import type { ClientOrder, HubClientInfo } from '#contract/inspection-requests.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { HubSession } from './session.ts';

/** A session with its number, which grows with each. */
type Numbered = readonly [number: number, session: HubSession];

type Order = Exclude<ClientOrder, 'since'>;

/**
 * A page of the clients that are found; only those of the page are described. As they came, a page begins
 * after a client, so that none is missed while others go; in another order, which changes as one looks,
 * after a place.
 */
export function clientPage(
  sessions: Iterable<Numbered>,
  { search, orderBy, isDescending, limit, after }: RequestParams<'hub.clients'>,
): RequestResult<'hub.clients'> {
  const wanted = search.toLowerCase();
  const found: Numbered[] = [];
  for (const one of sessions) if (one[1].isFoundBy(wanted)) found.push(one);
  const total = found.length;
  if (orderBy === 'since') {
    const from = Number(after ?? 0);
    const isNext = ([number]: Numbered) =>
      from === 0 || (isDescending ? number < from : number > from);
    const rest = (isDescending ? found.reverse() : found).filter(isNext);
    const items = rest.slice(0, limit).map(described);
    return { items, total, next: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
  const from = Number(after ?? 0);
  const items = ordered(found, orderBy, isDescending)
    .slice(from, from + limit)
    .map(described);
  return { items, total, next: from + limit < total ? String(from + limit) : null };
}

const described = ([number, session]: Numbered): HubClientInfo => ({
  id: String(number),
  ...session.describe(),
});

/** Of equals the one that came first is first, either way. */
function ordered(found: Numbered[], orderBy: Order, isDescending: boolean): readonly Numbered[] {
  const sign = isDescending ? -1 : 1;
  // Read once a client: of ten thousand, each is compared a dozen times.
  return found
    .map((one) => ({ one, value: one[1].orderValue(orderBy) }))
    .sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -sign : sign))
    .map(({ one }) => one);
}
