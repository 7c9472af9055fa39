import { networkInterfaces } from 'node:os';

const LINK_LOCAL = /^(?:fe[89ab]|169\.254\.)/i;

/** The addresses of this machine by which it reaches others. */
export function networkAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses
      .filter(({ internal, address }) => !internal && !LINK_LOCAL.test(address))
      .map(({ address }) => address),
  );
}
