export interface AnyRecord {
  readonly botId: string;
  readonly id: string;
  readonly kind: string;
  readonly data: object;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type Answer = { readonly ok: true } | { readonly ok: false; readonly error: Refusal };

export interface Command {
  readonly botId: string;
  readonly command: string;
  readonly id: string;
}

/** What a reporter needs of a hub: `connectToHub` of `@tapedeck/hub-client` gives one. */
export interface ReportingHub<R extends AnyRecord> {
  publish(record: R): Promise<Answer>;
  onConnection(listener: (state: { readonly kind: string }) => void): () => void;
  onCommand(listener: (command: Command) => void): () => void;
}
