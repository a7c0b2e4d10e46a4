import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeQuickFolder } from '../disk/quick-folder.ts';
import { createNursery } from './children.ts';
import { bundleProgram } from './program-bundle.ts';
import { openKillStage } from './stage.ts';

const spareChildren = 2;

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** A bundle, processes of it, and a folder for everything. */
export async function openWorkshop() {
  const root = await makeQuickFolder();
  const bundle = await bundleProgram(root);
  const nursery = createNursery(bundle, spareChildren);
  const stage = await openKillStage({ bundle, root, drafts: 1, batchRows: 1 });
  const [invoiceId = 0] = stage.invoiceIds;
  await nursery.warmUp({
    dataFolder: stage.dataFolder,
    stepsFile: join(root, 'steps.txt'),
    program: 'the first',
    awakePlants: ['no-backups'],
    calls: [{ name: 'invoice.issue', input: { invoiceId } }],
  });
  await stage.close();
  return {
    root,
    bundle,
    nursery,
    async close(): Promise<void> {
      await nursery.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
