import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
    const path = join(folder, sha256);
    // Not synced: a power cut may cost the picture of a practice PDF, never a card. `get` notices it.
    await writeFile(`${path}.tmp`, content);
    await rename(`${path}.tmp`, path);
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
        const content = await readFile(join(folder, sha256));
        return digest(content) === sha256 ? content : undefined;
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
