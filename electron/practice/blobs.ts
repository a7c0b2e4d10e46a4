import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './books-file.ts';

/** Files by the SHA-256 of their content, in memory or in a folder. */
export interface Blobs {
  put(content: Buffer): Promise<string>;
  get(sha256: string): Promise<Buffer | undefined>;
  clear(): Promise<void>;
}

function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

export function createMemoryBlobs(): Blobs {
  const contents = new Map<string, Buffer>();
  return {
    async put(content) {
      const sha256 = digest(content);
      contents.set(sha256, content);
      return sha256;
    },
    async get(sha256) {
      return contents.get(sha256);
    },
    async clear() {
      contents.clear();
    },
  };
}

/** @param folder made when the first file comes */
export function createFolderBlobs(folder: string): Blobs {
  // Writes of one content at a time: two would share the temporary file.
  const writing = new Map<string, Promise<void>>();

  async function write(sha256: string, content: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeDurably(join(folder, sha256), content);
  }

  return {
    async put(content) {
      const sha256 = digest(content);
      const started = writing.get(sha256) ?? write(sha256, content);
      writing.set(sha256, started);
      // A finished write stays noted, so the same content is never written twice; a failed one may be tried again.
      await started.catch((error: unknown) => {
        writing.delete(sha256);
        throw error;
      });
      return sha256;
    },
    async get(sha256) {
      try {
        return await readFile(join(folder, sha256));
      } catch {
        return undefined;
      }
    },
    async clear() {
      writing.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
