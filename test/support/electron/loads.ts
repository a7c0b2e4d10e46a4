type Waiting = { loaderId: string; resolve(): void; reject(error: Error): void };

/** The documents of a page by their loader, so that loadURL waits for its own load and not for one before it. */
export class Loads {
  #finished = '';
  #waiting: Waiting[] = [];

  finish(loaderId: string): void {
    this.#finished = loaderId;
    for (const { resolve } of this.#take(({ loaderId: id }) => id === loaderId)) resolve();
  }

  /** Another document came: the ones before it never finish. */
  begin(loaderId: string): void {
    this.#abort(({ loaderId: id }) => id !== loaderId);
  }

  /** The page's process has gone: none of them finishes. */
  abort(): void {
    this.#abort(() => true);
  }

  #abort(matches: (waiting: Waiting) => boolean): void {
    const error = Object.assign(new Error('ERR_ABORTED (-3)'), { code: 'ERR_ABORTED', errno: -3 });
    for (const { reject } of this.#take(matches)) reject(error);
  }

  wait(loaderId: string): Promise<void> {
    if (this.#finished === loaderId) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ loaderId, resolve, reject }));
  }

  #take(matches: (waiting: Waiting) => boolean): Waiting[] {
    const taken = this.#waiting.filter(matches);
    this.#waiting = this.#waiting.filter((waiting) => !matches(waiting));
    return taken;
  }
}
