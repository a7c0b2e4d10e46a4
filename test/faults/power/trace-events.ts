import { relative } from 'node:path';
import { descriptorIn, lastNumberIn, readSyscalls, type Syscall, stringsIn } from './strace-lines.ts';
import type { Told } from './task.ts';

/** What a power cut may fall between. Files are named from the data folder, the folder itself is the empty name. */
export type TraceEvent =
  | { readonly kind: 'create' | 'remove'; readonly file: string }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string }
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly length: number }
  /** What was written before `begin sync` is on the disk after the `end sync` of the same thread. */
  | { readonly kind: 'begin sync' | 'end sync'; readonly file: string; readonly thread: string }
  /** As the call is entered: from then on bytes may be on the wire. */
  | { readonly kind: 'send'; readonly socket: string; readonly bytes: Buffer }
  | { readonly kind: 'tell'; readonly told: Told };

const writing = ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2'];
const sending = ['sendto', 'sendmsg', 'sendmmsg'];
/** Would change files behind this reader's back; none of them is used, and one that comes must be noticed. */
const notUnderstood = ['sendfile', 'copy_file_range', 'splice', 'fallocate', 'truncate', 'link', 'linkat', 'symlink'];

export const tracedCalls: readonly string[] = [
  ...['open', 'openat', 'creat', 'fsync', 'fdatasync', 'ftruncate', 'io_uring_setup'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat'],
  ...writing,
  ...sending,
  ...notUnderstood,
];

/** A power cut takes the memory that -shm is; locks hold nothing; the PDFs were there before. */
const isWatched = (file: string) => !file.startsWith('..') && !/-shm$|\.lock$|^pdf(\/|$)/.test(file);

interface ReaderOptions {
  /** As the system calls it, without symbolic links. */
  readonly dataFolder: string;
  readonly toldFile: string;
}

/** Turns system calls into what they do to the data folder and to the world outside. */
function createReader({ dataFolder, toldFile }: ReaderOptions) {
  /** Where the next write without an offset goes, by descriptor; undefined: at the end. */
  const positions = new Map<string, number | undefined>();
  const lengths = new Map<string, number>();
  const nameOf = (path: string): string | undefined => {
    const file = relative(dataFolder, path);
    return isWatched(file) ? file : undefined;
  };

  function readOpen({ args, result = -1 }: Syscall): TraceEvent[] {
    const file = nameOf(stringsIn(args)[0]?.toString('utf8') ?? '');
    if (file === undefined || result < 0 || !/O_WRONLY|O_RDWR/.test(args)) return [];
    const events: TraceEvent[] = args.includes('O_CREAT') ? [{ kind: 'create', file }] : [];
    if (args.includes('O_TRUNC')) {
      events.push({ kind: 'truncate', file, length: 0 });
      lengths.set(file, 0);
    }
    positions.set(String(result), args.includes('O_APPEND') ? undefined : 0);
    return events;
  }

  function readWrite({ name, args, result = -1 }: Syscall): TraceEvent[] {
    const { number = '', target = '' } = descriptorIn(args) ?? {};
    const file = target.startsWith('/') ? nameOf(target) : undefined;
    if (file === undefined || result <= 0) return [];
    if (!['write', 'writev', 'pwrite64'].includes(name)) throw new Error(`${name} into ${file} is not understood`);
    const bytes = Buffer.concat(stringsIn(args)).subarray(0, result);
    const at = name === 'pwrite64' ? lastNumberIn(args) : (positions.get(number) ?? lengths.get(file) ?? 0);
    if (name !== 'pwrite64' && positions.get(number) !== undefined) positions.set(number, at + result);
    lengths.set(file, Math.max(lengths.get(file) ?? 0, at + result));
    return [{ kind: 'write', file, at, bytes }];
  }

  function readName({ name, args, result = -1 }: Syscall): TraceEvent[] {
    const [file, to] = stringsIn(args).map((path) => nameOf(path.toString('utf8')));
    if (file === undefined || result < 0) return [];
    if (!name.startsWith('rename')) return [{ kind: 'remove', file }];
    if (to === undefined) throw new Error(`${file} was renamed out of the folder`);
    return [{ kind: 'rename', file, to }];
  }

  function readEntry({ name, args, thread }: Syscall): TraceEvent[] {
    if (name.endsWith('sync')) return readSync('begin sync', args, thread);
    if (!writing.includes(name) && !sending.includes(name)) return [];
    const { target = '' } = descriptorIn(args) ?? {};
    if (target.startsWith('socket:')) return [{ kind: 'send', socket: target, bytes: Buffer.concat(stringsIn(args)) }];
    if (target !== toldFile) return [];
    // child.ts writes a line of this shape at a time.
    return [{ kind: 'tell', told: JSON.parse(String(stringsIn(args)[0])) as Told }];
  }

  function readSync(kind: 'begin sync' | 'end sync', args: string, thread: string): TraceEvent[] {
    const { target = '' } = descriptorIn(args) ?? {};
    const file = target === dataFolder ? '' : nameOf(target);
    return file === undefined ? [] : [{ kind, file, thread }];
  }

  function readExit(call: Syscall): TraceEvent[] {
    const { name, args, thread, result = -1 } = call;
    if (name.startsWith('open') || name === 'creat') return readOpen(call);
    if (writing.includes(name)) return readWrite(call);
    if (name.startsWith('rename') || name.startsWith('unlink')) return readName(call);
    if (name.endsWith('sync')) return result === 0 ? readSync('end sync', args, thread) : [];
    if (name !== 'ftruncate') return [];
    const file = nameOf(descriptorIn(args)?.target ?? '');
    if (file === undefined) return [];
    lengths.set(file, lastNumberIn(args));
    return [{ kind: 'truncate', file, length: lastNumberIn(args) }];
  }

  return (call: Syscall): TraceEvent[] => {
    // Files could then be written by the kernel's own thread, without a call.
    if (call.name === 'io_uring_setup' && call.args.includes('IORING_SETUP_SQPOLL'))
      throw new Error('io_uring writes unseen');
    if (notUnderstood.includes(call.name) && call.args.includes(hexadecimal(dataFolder)))
      throw new Error(`${call.name} in the data folder is not understood`);
    return call.moment === 'enters' ? readEntry(call) : readExit(call);
  };
}

const hexadecimal = (text: string) => Buffer.from(text).toString('hex').replaceAll(/../g, '\\x$&');

/** Reads a trace as what it did to the data folder and to the world outside, in order. */
export async function readTrace(traceFile: string, options: ReaderOptions): Promise<TraceEvent[]> {
  const read = createReader(options);
  const events: TraceEvent[] = [];
  for await (const call of readSyscalls(traceFile)) events.push(...read(call));
  return events;
}
