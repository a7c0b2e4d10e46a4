import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importGood } from '../../support/app-batch.ts';
import { shop, startStage } from '../../support/app-under-test.ts';
import { jsonLines, runCli } from '../../support/cli.ts';

const backupNames = (dataFolder: string) => readdirSync(join(dataFolder, 'backups')).sort();

describe('the program', () => {
  it('makes a backup when it is asked to, and lists it', async () => {
    const stage = await startStage();
    await stage.draft();
    const made = await stage.app().succeed('backup.make', {});
    expect(made).toMatchObject({ reason: 'by-hand', counts: { invoices: 1, issued: 0 } });
    expect(await stage.app().succeed('backup.list', {})).toEqual({ backups: [made], pendingRestore: null });
    expect(statSync(join(stage.dataFolder, 'backups', made.name)).size).toBe(made.sizeBytes);
  });

  it('makes one before each batch, with nothing of it issued yet, and one at its end', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 3);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    const { backups } = await stage.app().succeed('backup.list', {});
    expect(backups).toMatchObject([{ reason: 'before-batch', counts: { invoices: 3, issued: 0 } }]);
    const reopened = await stage.reopen();
    const { backups: after } = await reopened.succeed('backup.list', {});
    expect(after).toMatchObject([{ reason: 'at-exit', counts: { issued: 3 } }, { reason: 'before-batch' }]);
    await stage.reopen();
    // A run in which nothing was written leaves none.
    expect((await stage.app().succeed('backup.list', {})).backups).toEqual(after);
  });

  it('runs a batch whose backup cannot be made, and the doctor tells', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 2);
    writeFileSync(join(stage.dataFolder, 'backups'), 'a file where the folder belongs');
    const run = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(run.counts.issued).toBe(2);
    const { findings, healthy } = await stage.app().succeed('app.doctor', {});
    expect(healthy).toBe(true);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'database',
        state: 'warning',
        text: { zhCN: '备份没有成功（EEXIST）', en: 'The backup could not be made (EEXIST)' },
      }),
    );
  });

  it('does not begin a batch that was stopped while its backup was made', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 2);
    const running = stage.app().succeed('batch.run', { batchId: batch.id });
    expect(await stage.app().refuse('batch.run', { batchId: batch.id })).toMatchObject({ code: 'batch.running' });
    await stage.app().succeed('batch.stop', { batchId: batch.id });
    expect(await running).toMatchObject({ state: 'stopped', counts: { issued: 0, waiting: 2 } });
    expect(stage.books().cards).toEqual([]);
    expect((await stage.app().succeed('batch.run', { batchId: batch.id })).counts.issued).toBe(2);
  });

  it('restores a backup at its next start, unless that is taken back', async () => {
    const stage = await startStage();
    await stage.draft();
    const { name } = await stage.app().succeed('backup.make', {});
    await stage.draft();
    const asked = await stage.app().succeed('backup.restore', { name });
    expect(asked).toMatchObject({ restartNeeded: true, backup: { name }, present: { invoices: 2 } });
    expect((await stage.app().succeed('backup.list', {})).pendingRestore).toBe(name);
    expect(await stage.app().succeed('backup.cancelRestore', {})).toEqual({ cancelled: true });
    expect(await stage.app().succeed('backup.cancelRestore', {})).toEqual({ cancelled: false });
    await stage.reopen();
    expect((await stage.app().succeed('invoice.list', {})).invoices).toHaveLength(2);

    await stage.app().succeed('backup.restore', { name });
    await stage.reopen();
    expect((await stage.app().succeed('invoice.list', {})).invoices).toHaveLength(1);
    expect((await stage.app().succeed('backup.list', {})).pendingRestore).toBeNull();
  });

  it('refuses to restore what is no backup, and does not ask for it', async () => {
    const stage = await startStage();
    await stage.draft();
    const { name } = await stage.app().succeed('backup.make', {});
    writeFileSync(join(stage.dataFolder, 'backups', name), 'x'.repeat(9000));
    expect(await stage.app().refuse('backup.restore', { name })).toMatchObject({ code: 'backup.unusable' });
    const missing = name.replace('-i1-', '-i2-');
    expect(await stage.app().refuse('backup.restore', { name: missing })).toMatchObject({ code: 'backup.not-found' });
    for (const path of ['../fapiao-desk.db', 'fapiao-desk.db', `../backups/${name}`])
      expect(await stage.app().refuse('backup.restore', { name: path })).toMatchObject({ code: 'input.invalid' });
    expect((await stage.app().succeed('backup.list', {})).pendingRestore).toBeNull();
  });

  it('writes no secret into a backup', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 2);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    await stage.app().succeed('credentials.save', { accountId: stage.accountId, appSecret: shop.secret });
    const { name } = await stage.app().succeed('backup.make', {});
    const bytes = readFileSync(join(stage.dataFolder, 'backups', name));
    const base64 = Buffer.from(shop.secret).toString('base64').replace(/=+$/, '');
    const forms = [
      Buffer.from(shop.secret),
      Buffer.from(shop.secret, 'utf16le'),
      Buffer.from(base64),
      Buffer.from(Buffer.from(shop.secret).toString('hex')),
    ];
    for (const form of forms) expect(bytes.includes(form)).toBe(false);
    // Were it there, it would be seen: what is stored beside it is.
    expect(bytes.includes(shop.appid)).toBe(true);
  });
});

describe('the command restore', () => {
  async function writeFolder() {
    const stage = await startStage();
    await stage.draft();
    const { name } = await stage.app().succeed('backup.make', {});
    await stage.draft();
    await stage.app().close();
    return { dataFolder: stage.dataFolder, name, stage };
  }

  it('lists, asks for confirmation with both counts, and then restores', async () => {
    const { dataFolder, name } = await writeFolder();
    const listed = await runCli(['restore', '--list', '--lang', 'en'], { dataFolder });
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining(name) });
    const [newest] = jsonLines((await runCli(['restore', '--list', '--json'], { dataFolder })).stdout);
    expect(newest).toMatchObject({ ok: true, backups: [{ reason: 'at-exit' }, { name }] });

    const before = backupNames(dataFolder);
    const unconfirmed = await runCli(['restore', '--backup', name, '--lang', 'en'], { dataFolder });
    expect(unconfirmed.code).toBe(1);
    expect(unconfirmed.stdout).toMatch(/^Now: 2 invoices .*\n.*\n.*Beijing time, 1 invoices/);
    expect(unconfirmed.stderr).toContain('add --yes');
    expect(unconfirmed.stderr).toContain('look in WeChat whether its card exists');

    const restored = await runCli(['restore', '--backup', name, '--yes', '--json'], { dataFolder });
    expect(restored.code).toBe(0);
    const [result] = jsonLines(restored.stdout);
    expect(result).toMatchObject({ ok: true, present: { invoices: 2 }, backup: { name, counts: { invoices: 1 } } });
    expect(readdirSync(String(result?.['asideFolder']))).toContain('fapiao-desk.db');
    expect(backupNames(dataFolder)).toEqual(before);
    const invoices = await runCli(['call', 'invoice.list', '{}'], { dataFolder });
    expect(jsonLines(invoices.stdout)).toMatchObject([{ ok: true, value: { invoices: [{}] } }]);
  });

  it('takes the newest good backup of a database that is damaged', async () => {
    const { dataFolder } = await writeFolder();
    writeFileSync(join(dataFolder, 'fapiao-desk.db'), 'x'.repeat(9000));
    const doctor = await runCli(['doctor', '--json'], { dataFolder });
    expect(jsonLines(doctor.stdout)).toMatchObject([
      { ok: false, error: { code: 'database.damaged', details: { newestBackup: { counts: { invoices: 2 } } } } },
    ]);
    const restored = await runCli(['restore', '--yes'], { dataFolder });
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('现在：无法读出') });
    const invoices = await runCli(['call', 'invoice.list', '{}'], { dataFolder });
    expect(invoices.code).toBe(0);
  });

  it('is refused while the program has the folder open, and where there is no such backup', async () => {
    const { dataFolder, stage } = await writeFolder();
    const none = await runCli(['restore', '--backup', 'my.db', '--yes'], { dataFolder });
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('找不到备份 my.db') });
    await stage.reopen();
    const locked = await runCli(['restore', '--yes', '--json'], { dataFolder });
    expect(locked.code).toBe(1);
    expect(jsonLines(locked.stdout)).toMatchObject([{ ok: false, error: { code: 'database.locked' } }]);
    expect((await stage.app().succeed('invoice.list', {})).invoices).toHaveLength(2);
  });
});
