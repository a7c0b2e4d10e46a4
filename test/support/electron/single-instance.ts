import fs from 'node:fs';
import path from 'node:path';
import { options } from './options.ts';

export type SecondInstance = (argv: string[], workingDirectory: string, additionalData: unknown) => void;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function holderOf(lockFile: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(lockFile, 'utf8'));
    return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Written in one go and synchronously: the second instance usually ends at once. */
function leaveMessage(box: string, data: unknown): void {
  const message = JSON.stringify([[process.execPath, ...options.args], process.cwd(), data ?? null]);
  const file = path.join(box, `${process.pid}-${Date.now()}`);
  fs.writeFileSync(file, message);
  fs.renameSync(file, `${file}.json`);
}

function takeMessages(box: string, onSecond: SecondInstance): void {
  for (const name of fs.readdirSync(box)) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(box, name);
    const [argv, workingDirectory, data] = JSON.parse(fs.readFileSync(file, 'utf8')) as [string[], string, unknown];
    fs.rmSync(file);
    onSecond(argv, workingDirectory, data);
  }
}

export class SingleInstance {
  #lockFile: string | undefined;

  /** The lock belongs to a user-data folder, as in Electron; messages to the holder are files beside it. */
  acquire(userData: string, data: unknown, onSecond: SecondInstance): boolean {
    if (this.#lockFile) return true;
    const lockFile = path.join(userData, 'stand-in.lock');
    const box = path.join(userData, 'stand-in.second');
    fs.mkdirSync(box, { recursive: true });
    if (holderOf(lockFile) !== undefined) {
      leaveMessage(box, data);
      return false;
    }
    for (const stale of fs.readdirSync(box)) fs.rmSync(path.join(box, stale));
    fs.writeFileSync(lockFile, String(process.pid));
    fs.watch(box, () => takeMessages(box, onSecond)).unref();
    this.#lockFile = lockFile;
    process.on('exit', () => this.release());
    return true;
  }

  get held(): boolean {
    return this.#lockFile !== undefined;
  }

  release(): void {
    if (this.#lockFile) fs.rmSync(this.#lockFile, { force: true });
    this.#lockFile = undefined;
  }
}
