import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asar from '@electron/asar';
import type { PackedFile } from './file-rules.ts';

/** A file as the head of the archive describes it. */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly hash: string };
}

interface ArchivedFile extends PackedFile {
  readonly hash: string | undefined;
}

function walk(entry: Entry, place: string): readonly ArchivedFile[] {
  return Object.entries(entry.files ?? {}).flatMap(([name, child]) => {
    const path = place === '' ? name : `${place}/${name}`;
    if (child.files) return walk(child, path);
    return [{ path, bytes: child.size ?? 0, unpacked: child.unpacked === true, hash: child.integrity?.hash }];
  });
}

/** Every file of a package's archive, those beside it among them. */
export function listFiles(archive: string): readonly ArchivedFile[] {
  return walk(asar.getRawHeader(archive).header as Entry, ''); // its types leave out what a file and a folder have in common
}

/** The bytes of a file of the archive. */
export function readPacked(archive: string, { path, unpacked }: PackedFile): Buffer {
  return unpacked ? readFileSync(join(`${archive}.unpacked`, path)) : asar.extractFile(archive, join(path));
}

/** Files whose contents are not what the archive's own head says, by which Electron will judge them. */
export function integrityFaults(archive: string): readonly string[] {
  return listFiles(archive).flatMap((file) => {
    const hash = createHash('sha256').update(readPacked(archive, file)).digest('hex');
    return hash === file.hash ? [] : [`${file.path}: ${file.hash === undefined ? 'no hash' : 'another hash'}`];
  });
}

/** The hash of the archive's head, which the program's binary carries. */
export function headHash(archive: string): string {
  return createHash('sha256').update(asar.getRawHeader(archive).headerString).digest('hex');
}

/** Takes everything out of an archive, with what lies beside it. */
export function extract(archive: string, folder: string): void {
  asar.extractAll(archive, folder);
}
