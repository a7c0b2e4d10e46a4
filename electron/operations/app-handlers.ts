import { basename } from 'node:path';
import type { Handlers } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { inspectPdf, readFileBytes } from '../records/pdf-store.ts';
import { examine } from './doctor.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = 'app.info' | 'app.doctor' | 'settings.read' | 'settings.write' | 'file.choose' | 'file.read';

export function createAppHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records } = parts;
  return {
    'app.info': async () =>
      ok({
        version: parts.version,
        node: process.versions.node,
        electron: process.versions['electron'] ?? null,
        sqlite: records.sqliteVersion(),
        dataFolder: parts.dataFolder,
        practiceUrl: parts.practice.url(),
      }),
    'app.doctor': async ({ accountId }) => {
      const findings = await examine(parts, accountId);
      return ok({ findings, healthy: findings.every(({ state }) => state !== 'bad') });
    },
    'settings.read': async () => ok(records.settings.read()),
    'settings.write': async (changes) => {
      const settings = records.settings.write(changes);
      parts.emit('record.changed', { kind: 'settings', id: 0 });
      return ok(settings);
    },
    'file.choose': async ({ kind }) => {
      if (!parts.chooseFile) return fail(appError('window.needed'));
      const chosen = await parts.chooseFile(kind);
      return chosen.ok ? ok({ file: chosen.value }) : chosen;
    },
    'file.read': async ({ file }) => {
      const path = parts.files.resolve(file);
      if (!path.ok) return path;
      const inspected = await inspectPdf(path.value);
      if (!inspected.ok) return inspected;
      const bytes = await readFileBytes(path.value);
      return bytes.ok ? ok({ name: basename(path.value), bytes: bytes.value }) : bytes;
    },
  };
}
