import { dirname } from 'node:path';
import type { TraceEvent } from './trace-events.ts';

export type FileChange = Extract<TraceEvent, { readonly kind: 'write' | 'truncate' }>;
type NameChange = Extract<TraceEvent, { readonly kind: 'create' | 'remove' | 'rename' }>;
export type FilesOfDisk = ReadonlyMap<string, Buffer>;

/** Which changes that nobody waited for reached the disk all the same. */
export interface Survival {
  /** How many of the names' changes in a folder, of so many, in their order. */
  readonly names: (count: number) => number;
  readonly changes: (pending: readonly FileChange[]) => readonly FileChange[];
}

interface Content {
  bytes: Buffer;
  length: number;
}

interface StoredFile {
  readonly synced: Content;
  readonly pending: { readonly order: number; readonly change: FileChange }[];
}

function apply(content: Content, change: FileChange): void {
  const end = change.kind === 'write' ? change.at + change.bytes.length : change.length;
  if (end > content.bytes.length) {
    const larger = Buffer.alloc(Math.max(end, 2 * content.bytes.length));
    content.bytes.copy(larger, 0, 0, content.length);
    content.bytes = larger;
  }
  if (change.kind === 'write') change.bytes.copy(content.bytes, change.at);
  // What was beyond the end reads as zeros where the file grows over it again.
  else if (end < content.length) content.bytes.fill(0, end, content.length);
  content.length = change.kind === 'write' ? Math.max(content.length, end) : end;
}

function rename(names: Map<string, StoredFile>, change: NameChange, file: StoredFile | undefined): void {
  if (change.kind !== 'create') names.delete(change.file);
  if (file) names.set(change.kind === 'rename' ? change.to : change.file, file);
}

/**
 * A disk that keeps apart what was synced and what was only written: of files their content, of folders their names.
 * POSIX promises no more: a new file whose folder was not synced may be gone, with all that was synced in it.
 */
export function createDisk(initial: FilesOfDisk) {
  let order = 0;
  const stored = (bytes: Buffer): StoredFile => ({
    synced: { bytes: Buffer.from(bytes), length: bytes.length },
    pending: [],
  });
  const shown = new Map([...initial].map(([name, bytes]) => [name, stored(bytes)]));
  const durable = new Map(shown);
  let pendingNames: { readonly order: number; readonly change: NameChange; readonly file: StoredFile | undefined }[] =
    [];
  const syncs = new Map<string, { readonly file: StoredFile | undefined; readonly order: number }>();

  function changeName(change: NameChange): void {
    if (change.kind === 'create' && shown.has(change.file)) return;
    if (change.kind === 'rename' && dirname(change.file) !== dirname(change.to))
      throw new Error('a file was renamed from one folder into another');
    const file = change.kind === 'create' ? stored(Buffer.alloc(0)) : shown.get(change.file);
    const kept = change.kind === 'remove' ? undefined : file;
    rename(shown, change, kept);
    pendingNames.push({ order, change, file: kept });
  }

  function endSync(folder: string, thread: string): void {
    const begun = syncs.get(thread);
    syncs.delete(thread);
    if (!begun) throw new Error('a sync ended that did not begin');
    if (begun.file) {
      const { synced, pending } = begun.file;
      const done = pending.filter((one) => one.order < begun.order);
      for (const { change } of pending.splice(0, done.length)) apply(synced, change);
      return;
    }
    const isDone = (one: (typeof pendingNames)[number]) =>
      one.order < begun.order && dirname(one.change.file) === (folder === '' ? '.' : folder);
    for (const { change, file } of pendingNames.filter(isDone)) rename(durable, change, file);
    pendingNames = pendingNames.filter((one) => !isDone(one));
  }

  return {
    apply(event: TraceEvent): void {
      order += 1;
      if (event.kind === 'create' || event.kind === 'remove' || event.kind === 'rename') changeName(event);
      if (event.kind === 'write' || event.kind === 'truncate')
        // A file that was removed while it was open is nobody's any more.
        shown.get(event.file)?.pending.push({ order, change: event });
      if (event.kind === 'begin sync') syncs.set(event.thread, { file: shown.get(event.file), order });
      if (event.kind === 'end sync') endSync(event.file, event.thread);
    },
    /** Writes to a file that nothing has waited for yet. */
    pendingIn: (file: string): number => shown.get(file)?.pending.length ?? 0,
    hasPending: (): boolean => pendingNames.length > 0 || [...shown.values()].some(({ pending }) => pending.length > 0),
    /** What is found when the power comes back. */
    after(survival: Survival): FilesOfDisk {
      const names = new Map(durable);
      for (const { change, file } of pendingNames.slice(0, survival.names(pendingNames.length)))
        rename(names, change, file);
      return new Map(
        [...names].map(([name, { synced, pending }]) => {
          const content = { bytes: Buffer.from(synced.bytes), length: synced.length };
          for (const change of survival.changes(pending.map((one) => one.change))) apply(content, change);
          return [name, content.bytes.subarray(0, content.length)];
        }),
      );
    },
  };
}
