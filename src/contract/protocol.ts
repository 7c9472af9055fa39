/** Version of the hub protocol that this build speaks. A client with another one is refused. */
export const PROTOCOL_VERSION = 1;

/** Where the hub listens unless told otherwise. */
export const DEFAULT_PORT = 8377;
export const DEFAULT_HOST = '127.0.0.1';
