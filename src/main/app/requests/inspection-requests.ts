import { type Result, succeed } from '#contract/errors.ts';
import type { HubChannelInfo } from '#contract/inspection-requests.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import { readLogPage } from '#main/telemetry/log-reader.ts';
import type { KeptHubLimits } from '../hub/kept-hub-limits.ts';

interface InspectionRooms {
  readonly hubLimits: KeptHubLimits;
  readonly broker: { inspect(): Iterable<HubChannelInfo> };
  readonly clients: (query: RequestParams<'hub.clients'>) => RequestResult<'hub.clients'>;
  readonly logFolder: string;
}

/** The requests that look into the hub itself, and change what it allows. */
export const inspectionHandlers = ({ hubLimits, broker, clients, logFolder }: InspectionRooms) => ({
  'hub.getLimits': () => hubLimits.view(),
  'hub.setLimits': (changes: RequestParams<'hub.setLimits'>) => hubLimits.keep(changes),
  'hub.clients': (query: RequestParams<'hub.clients'>) => succeed(clients(query)),
  'hub.channels': (query: RequestParams<'hub.channels'>) => {
    const { search, orderBy, isDescending, limit } = query;
    const wanted = search.toLowerCase();
    const found = [...broker.inspect()].filter(({ channel }) =>
      channel.toLowerCase().includes(wanted),
    );
    const sign = isDescending ? -1 : 1;
    found.sort((a, b) => sign * compare(a[orderBy], b[orderBy]) || compare(a.channel, b.channel));
    return succeed({ items: found.slice(0, limit), total: found.length });
  },
  'logs.list': async (
    query: RequestParams<'logs.list'>,
  ): Promise<Result<RequestResult<'logs.list'>>> => {
    const { items, next } = await readLogPage(logFolder, query);
    return succeed({ items: [...items], next });
  },
});

const compare = <Value extends number | string>(left: Value, right: Value): number =>
  left === right ? 0 : left < right ? -1 : 1;
