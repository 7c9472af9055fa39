import { askHub, type HubPlace } from './hub-request.ts';
import { answer, tell } from './terminal.ts';

export interface KillCommand extends HubPlace {
  readonly flatten: boolean;
  readonly reason: string;
}

/** Has the running hub cancel all orders and stop all bots, and gives the exit code. */
export async function kill(command: KillCommand): Promise<number> {
  const { flatten, reason } = command;
  const killed = await askHub(command, 'risk.kill', { flatten, reason });
  if (!killed.ok) {
    tell(killed.error.message);
    return 1;
  }
  answer('The kill switch is engaged: all bots that run here are stopped.');
  tell('No bot starts until it is released: tapedeck release');
  return 0;
}

/** Lets bots be started again. */
export async function release(place: HubPlace): Promise<number> {
  const released = await askHub(place, 'risk.release', {});
  if (released.ok) answer('The kill switch is released.');
  else tell(released.error.message);
  return released.ok ? 0 : 1;
}
