import { useEffect, useState } from 'react';
import type { PushPayload } from '#contract/pushes.ts';
import type { BotView } from '#contract/requests.ts';
import { hear, request } from './naive-hub.ts';

type Status = Partial<PushPayload<'bot:status'>>;

export function NaiveBots() {
  const [bots, setBots] = useState<readonly BotView[]>([]);
  const [statuses, setStatuses] = useState<Record<string, Status>>({});
  useEffect(() => {
    void request('bots.list', {}).then((answer) => setBots(answer.bots));
  }, []);
  useEffect(() => {
    const ends = bots.flatMap(({ config: { id } }) =>
      hear(`bot:${id}:status`, 'bot:status', (status) =>
        setStatuses((all) => ({ ...all, [id]: status })),
      ),
    );
    return () => {
      for (const end of ends) end();
    };
  }, [bots]);
  return (
    <table data-testid="naive-bots">
      <tbody>
        {bots.map(({ config }) => {
          const { state, equity, realizedPnl, unrealizedPnl, fillCount } =
            statuses[config.id] ?? {};
          return (
            <tr key={config.id}>
              <td>{config.name}</td>
              <td>{config.instrumentId}</td>
              <td>{state}</td>
              <td>{equity}</td>
              <td>{realizedPnl}</td>
              <td>{unrealizedPnl}</td>
              <td>{fillCount}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
