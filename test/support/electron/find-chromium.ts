import fs from 'node:fs';
import path from 'node:path';

const MISSING = [
  '找不到 Chromium。请安装 Chromium、Chrome 或 Edge，或把环境变量 FAPIAO_CHROMIUM 设为它的完整路径。',
  'Chromium was not found. Install Chromium, Chrome or Edge, or set FAPIAO_CHROMIUM to the full path of one.',
  '(Debian/Ubuntu: apt-get install chromium fonts-noto-cjk)',
].join('\n');

function onPath(names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
}

function linuxPlaces(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const fixed = names.map((name) => `/usr/bin/${name}`);
  return [...fixed, '/snap/bin/chromium', '/opt/google/chrome/chrome', ...onPath(names)];
}

function macPlaces(): string[] {
  const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
  const roots = ['/Applications', path.join(process.env['HOME'] ?? '/', 'Applications')];
  return roots.flatMap((root) => apps.map((app) => `${root}/${app}.app/Contents/MacOS/${app}`));
}

function windowsPlaces(): string[] {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]);
  const tails = ['Chromium/Application/chrome.exe', 'Google/Chrome/Application/chrome.exe'];
  const all = [...tails, 'Microsoft/Edge/Application/msedge.exe'];
  return roots.flatMap((root) => (root ? all.map((tail) => path.join(root, tail)) : []));
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') return macPlaces();
  return process.platform === 'win32' ? windowsPlaces() : linuxPlaces();
}

/** Playwright's own download; asked for last and only if needed, because loading Playwright takes a moment. */
async function playwrightsOwn(): Promise<string[]> {
  try {
    const { chromium } = await import('@playwright/test');
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}

function firstFile(candidates: string[]): string | undefined {
  return candidates.find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

/** The browser to drive: FAPIAO_CHROMIUM, then the usual places, then Playwright's own; throws in both languages. */
export async function findChromium(): Promise<string> {
  const chosen = process.env['FAPIAO_CHROMIUM'];
  if (chosen) {
    const found = firstFile([chosen]);
    if (found) return found;
    throw new Error(`FAPIAO_CHROMIUM=${chosen}: 没有这个文件 / no such file.\n${MISSING}`);
  }
  const found = firstFile(usualPlaces()) ?? firstFile(await playwrightsOwn());
  if (!found) throw new Error(MISSING);
  return found;
}
