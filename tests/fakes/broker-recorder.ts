import type { Consumer, Delivery } from '#main/broker/delivery.ts';

/** A consumer of the broker that keeps what it was given. */
export class Recorder implements Consumer {
  readonly deliveries: Delivery[] = [];
  readonly endings: string[] = [];
  deliver(delivery: Delivery): void {
    this.deliveries.push(delivery);
  }
  ended(name: string): void {
    this.endings.push(name);
  }
  get offsets(): number[] {
    return this.deliveries.flatMap((delivery) => offsetsOf(delivery));
  }
}
export const offsetsOf = (delivery: Delivery | undefined) =>
  delivery?.publications.map((publication) => publication.offset) ?? [];
