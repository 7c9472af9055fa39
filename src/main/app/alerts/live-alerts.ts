import { Alerts } from '#main/alerts/alerts.ts';
import type { Ground } from '../ground.ts';
import { type AlertsSurroundings, composeAlertEngine } from './compose-alerts.ts';

/** How late the user may be told of what becomes due between two events. */
const TICK_MS = 100;
/** A crash forgets no more of what watching remembers. */
const REMEMBER_PERIOD_MS = 30_000;

/** The alerts of live: what the user watches for, by the machine's clock. */
export function composeAlerts(
  surroundings: Omit<AlertsSurroundings, 'resumed'> & Pick<Ground, 'lifecycle'>,
) {
  const { clock, log, lifecycle, publications, createId } = surroundings;
  const { engine, store } = composeAlertEngine({ ...surroundings, resumed: null });
  publications.listen('feeds', ({ feeds }) => engine.onFeeds(feeds));
  publications.listen('metrics', ({ metrics }) => engine.onMetrics(metrics));
  const alerts = new Alerts({ clock, store, engine, createId, publish: publications.publish });
  const remember = (): void => {
    try {
      alerts.remember();
    } catch (err) {
      log.error({ err }, 'what alerts remember could not be written');
    }
  };
  lifecycle.onClose('memory of alerts', remember);
  lifecycle.onClose('remembering alerts', clock.setInterval(remember, REMEMBER_PERIOD_MS));
  lifecycle.onClose(
    'alerts',
    clock.setInterval(() => engine.advance(), TICK_MS),
  );
  return { alerts, engine };
}
