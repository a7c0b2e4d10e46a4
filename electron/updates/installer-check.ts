import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { InstallerFile } from './manifest.ts';

/**
 * Whether a file is one of the installers that the manifest names, to the byte. The downloader names it
 * as it likes, so it is told by what it holds. Anything that goes wrong is a no.
 */
export async function isInstaller(path: string, files: readonly InstallerFile[]): Promise<boolean> {
  try {
    const { size } = await stat(path);
    const candidates = files.filter((file) => file.size === size);
    if (candidates.length === 0) return false;
    const hash = createHash('sha512');
    await pipeline(createReadStream(path), hash);
    const sha512 = hash.digest('base64');
    return candidates.some((file) => file.sha512 === sha512);
  } catch {
    return false;
  }
}
