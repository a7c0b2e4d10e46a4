import { createEnvironmentSecretStore } from '../../electron/accounts/secret-store.ts';
import { createApp } from '../../electron/app.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { createStderrLog } from '../../electron/support/log.ts';
import { keepHeapSmall } from '../../electron/support/small-heap.ts';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import type { Emit } from '../../shared/contract/events.ts';
import { shop } from './practice.ts';

/** The whole program over a data folder on the disk, with a real-kind account whose API is at `url`, and a template. */
export async function openDesk(dataFolder: string, url: string, emit: Emit = () => {}) {
  keepHeapSmall();
  const created = createApp({
    dataFolder,
    version: '0.0.0-bench',
    program: 'bench',
    secrets: createEnvironmentSecretStore({ FAPIAO_APP_SECRET: shop.secret }),
    clock: systemClock,
    log: createStderrLog('error'),
    emit,
  });
  if (!created.ok) throw new Error(created.error.text.en);
  const app = created.value;

  async function succeed<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<OutputOf<Name>> {
    const result = await app.call(name, request);
    if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
    return result.value as OutputOf<Name>; // the handler's own output type
  }

  async function admit(path: string): Promise<string> {
    const admitted = await app.files.admit(path);
    if (!admitted.ok) throw new Error(admitted.error.text.en);
    return admitted.value.token;
  }

  const { id: accountId } = await succeed('account.create', {
    name: '青禾商贸',
    kind: 'wechat',
    appid: shop.appid,
    baseUrl: url,
  });
  const { id: templateId, cardId } = await succeed('template.create', {
    accountId,
    content: {
      payee: '青禾商贸有限公司',
      type: '增值税电子普通发票',
      title: '青禾商贸',
      logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0',
    },
  });
  const sourceOf = async ({ table, pdfFolder }: { readonly table: string; readonly pdfFolder: string }) => ({
    accountId,
    templateId,
    table: await admit(table),
    pdfFolder: await admit(pdfFolder),
  });
  return {
    cardId,
    succeed,
    sourceOf,
    close: app.close,
    importTable: async (files: Parameters<typeof sourceOf>[0]) => succeed('batch.import', await sourceOf(files)),
  };
}
