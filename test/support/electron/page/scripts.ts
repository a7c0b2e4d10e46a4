import fs from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

function source(name: string): string {
  const typescript = fs.readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
  const plain = stripTypeScriptTypes(typescript);
  return plain.replaceAll(/^import [^;]*;$/gm, '').replaceAll(/^export /gm, '');
}

const shared = `${source('ask-sync.ts')}\n${source('world-link.ts')}`;
const mainParts = `${shared}\n${source('main-world.ts')}`;
const isolatedParts = `${shared}\n${source('codec.ts')}\n${source('isolated-world.ts')}`;

/** In subframes real Electron runs no preload (nodeIntegrationInSubFrames is off). */
function inTopFrame(body: string): string {
  return `if (window === window.top) (() => { 'use strict';\n${body}\n})();`;
}

export function mainWorldScript(nonce: string): string {
  return inTopFrame(`${mainParts}\nstartMainWorld(${JSON.stringify(nonce)});`);
}

export type IsolatedSettings = { nonce: string; preload: string | undefined; process: Record<string, unknown> };

export function isolatedWorldScript({ nonce, preload, process }: IsolatedSettings): string {
  const code = preload ? fs.readFileSync(preload, 'utf8') : '';
  const start = `startIsolatedWorld({ nonce: ${JSON.stringify(nonce)}, process: ${JSON.stringify(process)}, preload: standInPreload });`;
  // The preload stands outside the strict function: a CommonJS script is sloppy unless it says otherwise.
  const wrapped = `const standInPreload = function (require, module, exports, process) {${code}\n};`;
  return `(() => { ${wrapped}\n${inTopFrame(`${isolatedParts}\n${start}`)}\n})();\n//# sourceURL=${preload ?? 'stand-in'}`;
}
