import { RawWebSocket } from './clients/raw-websocket.ts';
import { sampleRecord } from './publish-samples.ts';

/** Bots in a process of their own that speak the raw protocol, paced or as fast as they are answered. */

export interface PublishCommand {
  readonly port: number;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  /** Records a second of all connections; null: as many as are acknowledged. */
  readonly rate: number | null;
  /** Of a connection that is not paced. */
  readonly inFlight: number;
  /** So that bots of different runs are different. */
  readonly run: string;
}

export interface PublishReport {
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly seconds: number;
  /** Due (paced) or sent to acknowledged, milliseconds. */
  readonly latencies: number[];
}

const PATH = '/socket.io/?EIO=4&transport=websocket';
const MS_A_SECOND = 1_000;
/** What is due but cannot be answered waits so long at most. */
const DRAIN_MS = 3_000;

class PublishingBot {
  readonly ready: Promise<void>;
  readonly #socket: RawWebSocket;
  readonly #botId: string;
  readonly #dueTimes = new Map<number, number>();
  readonly latencies: number[] = [];
  sequence = 0;
  refused = 0;
  onAnswer: () => void = () => undefined;

  constructor(botId: string, { port, token }: PublishCommand) {
    this.#botId = botId;
    let open = (): void => undefined;
    this.ready = new Promise((resolve) => {
      open = resolve;
    });
    this.#socket = new RawWebSocket({
      port,
      path: PATH,
      onOpen: () => undefined,
      onClose: () => undefined,
      onText: (socket, bytes, start, end) => {
        const text = bytes.toString('latin1', start, end);
        if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token, protocol: 1 })}`);
        else if (text === '2') socket.send('3');
        else if (text.startsWith('40')) open();
        else if (text.startsWith('43')) this.#take(text);
      },
    });
  }

  get waiting(): number {
    return this.#dueTimes.size;
  }

  publish(dueTime: number): void {
    const sequence = this.sequence++;
    this.#dueTimes.set(sequence, dueTime);
    const record = sampleRecord(this.#botId, sequence, Date.now());
    this.#socket.send(`42${sequence}${JSON.stringify(['bot:publish', record])}`);
  }

  close(): void {
    this.#socket.socket.destroy();
  }

  #take(text: string): void {
    const body = text.indexOf('[');
    const sequence = Number(text.slice(2, body));
    const dueTime = this.#dueTimes.get(sequence);
    this.#dueTimes.delete(sequence);
    if (!text.includes('"ok":true', body)) this.refused += 1;
    else if (dueTime !== undefined) this.latencies.push(performance.now() - dueTime);
    this.onAnswer();
  }
}

/** Every bot in turn, each record at its own due time whether or not the ones before are answered. */
function pace(bots: readonly PublishingBot[], rate: number, seconds: number): Promise<void> {
  const began = performance.now();
  const total = rate * seconds;
  let next = 0;
  return new Promise((done) => {
    const timer = setInterval(() => {
      const due = Math.min(total, ((performance.now() - began) / MS_A_SECOND) * rate);
      for (; next < due; next += 1) {
        bots[next % bots.length]?.publish(began + (next / rate) * MS_A_SECOND);
      }
      if (next < total) return;
      clearInterval(timer);
      done();
    }, 1);
  });
}

function saturate(bots: readonly PublishingBot[], command: PublishCommand): Promise<void> {
  const end = performance.now() + command.seconds * MS_A_SECOND;
  for (const bot of bots) {
    bot.onAnswer = () => {
      if (performance.now() < end) bot.publish(performance.now());
    };
    for (let sent = 0; sent < command.inFlight; sent += 1) bot.publish(performance.now());
  }
  return new Promise((done) => setTimeout(done, command.seconds * MS_A_SECOND));
}

const areAnswered = async (bots: readonly PublishingBot[]): Promise<void> => {
  const deadline = performance.now() + DRAIN_MS;
  while (bots.some(({ waiting }) => waiting > 0) && performance.now() < deadline) {
    await new Promise((done) => setTimeout(done, 1));
  }
};

async function run(command: PublishCommand): Promise<PublishReport> {
  const bots = Array.from(
    { length: command.connections },
    (_, index) => new PublishingBot(`${command.run}-${index}`, command),
  );
  await Promise.all(bots.map(({ ready }) => ready));
  const began = performance.now();
  if (command.rate === null) await saturate(bots, command);
  else await pace(bots, command.rate, command.seconds);
  await areAnswered(bots);
  const seconds = (performance.now() - began) / MS_A_SECOND;
  const latencies = bots.flatMap((bot) => bot.latencies);
  for (const bot of bots) bot.close();
  const sum = (read: (bot: PublishingBot) => number) =>
    bots.reduce((total, bot) => total + read(bot), 0);
  return {
    sent: sum(({ sequence }) => sequence),
    acknowledged: latencies.length,
    refused: sum(({ refused }) => refused),
    seconds,
    latencies,
  };
}

process.on('message', (command: PublishCommand) => {
  void run(command).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
