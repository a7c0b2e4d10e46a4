import type { Readable, Writable } from 'node:stream';

export type Params = Record<string, unknown>;
export type EventHandler = (method: string, params: Params, sessionId: string | undefined) => void;

type Message = {
  id?: number;
  method?: string;
  params?: Params;
  sessionId?: string;
  result?: Params;
  error?: { message: string };
};
type Waiting = { resolve(value: Params): void; reject(reason: Error): void; method: string };

/** The raw DevTools protocol over Chromium's debugging pipe: JSON texts ended by a zero byte. */
export class DevTools {
  readonly #write: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #closed = false;
  onEvent: EventHandler = () => {};

  constructor(write: Writable, read: Readable) {
    this.#write = write;
    // The pipe breaks when Chromium ends; its exit event is where that is dealt with.
    write.on('error', () => this.#close());
    read.on('error', () => this.#close());
    read.on('close', () => this.#close());
    let rest: Buffer[] = [];
    read.on('data', (chunk: Buffer) => {
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        rest.push(chunk.subarray(from, end));
        this.#receive(Buffer.concat(rest).toString('utf8'));
        rest = [];
        from = end + 1;
      }
      rest.push(chunk.subarray(from));
    });
  }

  send<R extends object = Params>(method: string, params: Params = {}, sessionId?: string): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error(`${method}: Chromium has ended`));
      const id = ++this.#last;
      this.#waiting.set(id, { resolve: (value) => resolve(value as R), reject, method });
      this.#write.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  /** For commands whose failure only means that the page or the browser has gone meanwhile. */
  tell(method: string, params: Params = {}, sessionId?: string): void {
    this.send(method, params, sessionId).catch(() => {});
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      this.onEvent(message.method ?? '', message.params ?? {}, message.sessionId);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result ?? {});
  }

  #close(): void {
    this.#closed = true;
    for (const { reject, method } of this.#waiting.values()) reject(new Error(`${method}: Chromium has ended`));
    this.#waiting.clear();
  }
}
