import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A system call as its thread enters it, or as it leaves it. Strings in `args` are in hexadecimal. */
export interface Syscall {
  readonly moment: 'enters' | 'leaves';
  readonly thread: string;
  readonly name: string;
  readonly args: string;
  /** Undefined while it is entered. */
  readonly result: number | undefined;
}

const whole = /^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)/s;
const entered = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s;
const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+|\?)/s;
/** Signals, and threads that end. */
const notice = /^\d+ +(\+\+\+|---)/;

/** The calls of a program that was run under `strace -f`, in the order in which strace saw them. */
export async function* readSyscalls(traceFile: string): AsyncGenerator<Syscall> {
  const underWay = new Map<string, string>();
  const lines = createInterface({ input: createReadStream(traceFile, 'latin1'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const complete = whole.exec(line);
    const [, thread = '', name = '', args = '', value = ''] =
      complete ?? resumed.exec(line) ?? entered.exec(line) ?? [];
    const result = value === '?' ? -1 : Number(value);
    if (complete) {
      yield { moment: 'enters', thread, name, args, result: undefined };
      yield { moment: 'leaves', thread, name, args, result };
    } else if (value !== '') {
      const begun = `${underWay.get(thread) ?? ''}${args}`;
      underWay.delete(thread);
      yield { moment: 'leaves', thread, name, args: begun, result };
    } else if (name !== '') {
      underWay.set(thread, args);
      yield { moment: 'enters', thread, name, args, result: undefined };
    } else if (!notice.test(line)) throw new Error(`strace wrote what is not understood: ${line.slice(0, 200)}`);
  }
}

const bytesOf = (hexadecimal: string): Buffer => Buffer.from(hexadecimal.replaceAll('\\x', ''), 'hex');

/** The strings among a call's arguments, descriptors' paths aside, as bytes. */
export function stringsIn(args: string): Buffer[] {
  // strace leaves dots behind what it cut off, and half a page must not be taken for one.
  if (args.includes('"...')) throw new Error('strace cut off a string');
  return [...args.matchAll(/"([^"]*)"/g)].map(([, text = '']) => bytesOf(text));
}

/** The descriptor a call begins with, and what strace says it is: a path, or `socket:[1234]`. */
export function descriptorIn(args: string): { readonly number: string; readonly target: string } | undefined {
  const [, number, target] = /^(AT_FDCWD|\d+)<([^>]*)>/.exec(args) ?? [];
  return number === undefined || target === undefined
    ? undefined
    : { number, target: bytesOf(target).toString('utf8') };
}

/** The last number among the arguments: where a `pwrite64` writes, how long `ftruncate` leaves a file. */
export function lastNumberIn(args: string): number {
  const number = /, (\d+)$/.exec(args)?.[1];
  if (number === undefined) throw new Error(`no number at the end of ${args.slice(-100)}`);
  return Number(number);
}
