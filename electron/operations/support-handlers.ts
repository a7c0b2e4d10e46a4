import { open, readdir, stat } from 'node:fs/promises';
import { arch, homedir, release, type } from 'node:os';
import { join } from 'node:path';
import type { DoctorFinding } from '../../shared/contract/app-operations.ts';
import type { Handlers } from '../../shared/contract/contract.ts';
import { ok } from '../../shared/result.ts';
import { redact } from '../support/log.ts';
import { examineProgram } from './doctor.ts';
import { type HandlerParts, isoNow } from './handler-parts.ts';
import { saveChosen } from './save-chosen.ts';

type Names = 'log.read' | 'diagnostics.save';

const shownTailBytes = 64 * 1024;
const savedTailBytes = 512 * 1024;

const logFile = ({ dataFolder }: HandlerParts) => join(dataFolder, 'logs', 'main.log');

/** The last whole lines of a text file; empty where there is none. */
async function readTail(path: string, mostBytes: number): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const start = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } catch (error) {
    // The command line and a program that has not yet had anything to say write no file.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Names and sizes of what lies in the data folder itself. */
async function listFolder(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(folder, name)).catch(() => null);
      return `${name}  ${facts === null ? '?' : facts.isDirectory() ? 'folder' : `${facts.size} bytes`}`;
    }),
  );
}

function lineOf({ check, state, text, nextStep }: DoctorFinding): string {
  return `${state}  ${check}  ${text.en}${nextStep.en === '' ? '' : ` → ${nextStep.en}`}`;
}

function section(title: string, lines: readonly string[]): string {
  return [`== ${title}`, ...lines, ''].join('\n');
}

/** A home folder carries the name of a person, and is part of many paths. */
function withoutHome(text: string): string {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}

/**
 * What somebody who helps has to know, as text that anybody can read through before it is sent: versions, settings,
 * checks, counts, schema, log. No secret, no content of an invoice, no customer, no name of an account.
 */
async function writeReport(parts: HandlerParts): Promise<string> {
  const { records, backups } = parts;
  const { language, theme } = records.settings.read();
  const { schemaVersion, schema, counts } = await records.describe();
  const accounts = records.accounts.list();
  const { node, electron = '—', chrome = '—' } = process.versions;
  const text = [
    section('Fapiao Desk 发票台', [
      `made ${isoNow(parts)}`,
      `program ${parts.version}`,
      `electron ${electron}, chromium ${chrome}, node ${node}, sqlite ${records.sqliteVersion()}`,
      `system ${type()} ${release()} ${arch()}`,
      `language ${language}, theme ${theme}`,
    ]),
    section(
      'accounts',
      accounts.map(({ id, kind }) => `${id}  ${kind}  relay ${records.relays.find(id) ? 'paired' : 'none'}`),
    ),
    section('checks', (await examineProgram(parts)).map(lineOf)),
    section('data folder', await listFolder(parts.dataFolder)),
    section(
      'backups',
      backups.list().map(({ name }) => name),
    ),
    section(
      'rows',
      counts.map(([what, rows]) => `${what}  ${rows}`),
    ),
    section(`schema, version ${schemaVersion}`, schema),
    section('log', [await readTail(logFile(parts), savedTailBytes)]),
  ].join('\n');
  return withoutHome(redact(text.replaceAll(parts.dataFolder, '<data folder>')));
}

/** What goes to a person who helps. */
export function createSupportHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  return {
    'log.read': async () => ok({ text: redact(await readTail(logFile(parts), shownTailBytes)) }),
    'diagnostics.save': ({ target }) =>
      // The mark tells old editors that it is UTF-8.
      saveChosen(parts, target, async () => ok(`\uFEFF${await writeReport(parts)}`)),
  };
}
