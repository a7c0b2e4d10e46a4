import { findChromium } from '../test/support/electron/find-chromium.ts';
import { aptInstall } from './apt-install.ts';

/**
 * The Chromium the end-to-end tests run in: found, or installed where that can be done.
 * @throws Error that says what to install where it cannot
 */
export async function ensureChromium(): Promise<string> {
  try {
    return await findChromium();
  } catch (error) {
    // Without a CJK font Chinese is drawn as boxes.
    if (aptInstall('Chromium', 'chromium', 'fonts-noto-cjk')) return await findChromium();
    throw error;
  }
}
