import { describe, expect, it } from 'vitest';
import { HubMeter, SECONDS_BUCKETS } from './hub-meter.ts';
import { PrometheusMetrics } from './prometheus.ts';
import { BucketTally } from './tallies.ts';

const GAUGES = { rooms: 7, subscriptions: 11, conflationWindowMs: 16 };

const metricsOf = (hub: HubMeter, feedIntakeSeconds = new BucketTally(SECONDS_BUCKETS)) =>
  new PrometheusMetrics({ hub, feedIntakeSeconds }, () => GAUGES);

async function scrape(...meters: Parameters<typeof metricsOf>): Promise<string[]> {
  const { contentType, body } = await metricsOf(...meters).text();
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  return body.split('\n');
}

describe('metrics for Prometheus', () => {
  it('has every metric under its name, with its type, from the start', async () => {
    const lines = await scrape(new HubMeter());
    for (const [name, type] of [
      ['websocket_connections_total', 'counter'],
      ['websocket_active_connections', 'gauge'],
      ['websocket_disconnections_total', 'counter'],
      ['websocket_errors_total', 'counter'],
      ['websocket_rooms', 'gauge'],
      ['websocket_events_total', 'counter'],
      ['websocket_message_duration_seconds', 'histogram'],
      ['tapedeck_feed_to_send_seconds', 'histogram'],
      ['tapedeck_feed_intake_seconds', 'histogram'],
      ['tapedeck_conflation_window_seconds', 'gauge'],
      ['tapedeck_publications_dropped_total', 'counter'],
      ['tapedeck_publications_recovered_total', 'counter'],
      ['nodejs_eventloop_lag_p99_seconds', 'gauge'],
      ['process_resident_memory_bytes', 'gauge'],
      ['process_cpu_seconds_total', 'counter'],
    ]) {
      expect(lines).toContain(`# TYPE ${name} ${type}`);
    }
  });

  it('counts connections, their ends, errors and events by closed labels', async () => {
    const meter = new HubMeter();
    meter.connections.add('accepted', 3);
    meter.connectionRefused('unauthorized');
    meter.disconnections.add('slow_consumer');
    meter.handled('subscribe', meter.begin());
    meter.sent.add('price:update', 5);
    meter.resubscribed('recovered', 4);
    meter.resubscribed('fresh', 9);
    meter.publicationsDropped += 6;
    const lines = await scrape(meter);
    for (const line of [
      'websocket_connections_total{status="accepted"} 3',
      'websocket_connections_total{status="refused"} 1',
      'websocket_active_connections{namespace="/"} 2',
      'websocket_disconnections_total{reason="slow_consumer"} 1',
      'websocket_errors_total{code="unauthorized"} 1',
      'websocket_events_total{event="subscribe",direction="received"} 1',
      'websocket_events_total{event="price:update",direction="sent"} 5',
      'tapedeck_resubscriptions_total{outcome="recovered"} 1',
      'tapedeck_publications_recovered_total 4',
      'tapedeck_publications_dropped_total 6',
      'websocket_rooms 7',
      'tapedeck_subscriptions 11',
      'tapedeck_conflation_window_seconds 0.016',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('does not count again what it has told', async () => {
    const meter = new HubMeter();
    meter.connections.add('accepted');
    const metrics = metricsOf(meter);
    await metrics.text();
    const { body } = await metrics.text();
    expect(body).toContain('websocket_connections_total{status="accepted"} 1\n');
  });

  it('gives a histogram from 1 ms to 1 s, cumulative, with its sum and count', async () => {
    const meter = new HubMeter();
    for (const ms of [0.5, 1, 3, 400, 5_000]) meter.delivered(ms);
    const name = 'tapedeck_feed_to_send_seconds';
    const lines = (await scrape(meter)).filter((line) => line.startsWith(name));
    expect(lines).toEqual([
      `${name}_bucket{le="0.001"} 2`,
      `${name}_bucket{le="0.0025"} 2`,
      `${name}_bucket{le="0.005"} 3`,
      `${name}_bucket{le="0.01"} 3`,
      `${name}_bucket{le="0.025"} 3`,
      `${name}_bucket{le="0.05"} 3`,
      `${name}_bucket{le="0.1"} 3`,
      `${name}_bucket{le="0.25"} 3`,
      `${name}_bucket{le="0.5"} 4`,
      `${name}_bucket{le="1"} 4`,
      `${name}_bucket{le="+Inf"} 5`,
      `${name}_sum 5.4045`,
      `${name}_count 5`,
    ]);
  });

  it('tells how long market events took to their turn', async () => {
    const intake = new BucketTally(SECONDS_BUCKETS);
    intake.observe(0.004);
    const lines = await scrape(new HubMeter(), intake);
    expect(lines).toContain('tapedeck_feed_intake_seconds_bucket{le="0.005"} 1');
    expect(lines).toContain('tapedeck_feed_intake_seconds_sum 0.004');
  });

  it('of two hubs in one process each has its own', async () => {
    const one = new HubMeter();
    one.connections.add('accepted');
    const lines = await scrape(new HubMeter());
    expect(lines).toContain('websocket_connections_total{status="accepted"} 0');
  });
});
