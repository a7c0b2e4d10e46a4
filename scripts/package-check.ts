import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.ts';
import { extract, headHash, integrityFaults, listFiles, readPacked } from './packaging/archive.ts';
import { auditShipped } from './packaging/audit.ts';
import { configFaults } from './packaging/config-rules.ts';
import { contentFaults, type Forbidden } from './packaging/content-rules.ts';
import { fileFaults, sizeFaults } from './packaging/file-rules.ts';
import { fuseFaults } from './packaging/fuses.ts';
import { collectLicences, licenceFaults } from './packaging/licences.ts';
import { packFolder, readConfig, schemaFaults } from './packaging/pack.ts';
import { failed, judge, lineOf, notRun, type Outcome, passed, summaryOf } from './packaging/report.ts';
import { startPackaged } from './packaging/start-packaged.ts';
import { realElectron, type Target, targetsHere } from './packaging/targets.ts';
import { projectRoot, run } from './run.ts';

// npm run package:check: what can be known of the packages without making installers
const work = mkdtempSync(join(tmpdir(), 'fapiao-package-check-'));
const outcomes: Outcome[] = [];

/** Runs one check and prints its line; one that throws has failed. */
async function check(name: string, examine: () => Outcome | Promise<Outcome>): Promise<boolean> {
  const outcome = await Promise.resolve()
    .then(examine)
    .catch((error: unknown) => failed([error instanceof Error ? error.message : String(error)]));
  outcomes.push(outcome);
  console.log(lineOf(name, outcome));
  return outcome.state === 'passed';
}

/** Words that the build is given and the packages must not repeat. */
const canaries = {
  FAPIAO_APP_SECRET: 'canary0app0secret0c0ffee00c0ffee',
  CSC_KEY_PASSWORD: 'canary-csc-password-7f3a91',
  APPLE_APP_SPECIFIC_PASSWORD: 'canary-appl-epas-word',
};
const forbidden: readonly Forbidden[] = [
  ...Object.entries(canaries).map(([name, word]) => ({ what: `the value of ${name}`, word })),
  { what: 'the folder of this machine', word: projectRoot },
  { what: 'a temporary folder of this machine', word: work },
  // A short one, as the superuser's, is a word that stands in many texts.
  ...(homedir().length > 6 ? [{ what: 'the home folder of this machine', word: homedir() }] : []),
];

async function checkProgram(target: Target, output: string): Promise<void> {
  const archive = join(output, target.archive);
  const files = listFiles(archive);
  const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024).toFixed(1);
  await check(`${target.name}: files of the archive`, () =>
    judge(fileFaults(files, target.binary), `${files.length} files, one binary beside it`),
  );
  await check(`${target.name}: size`, () => judge(sizeFaults(files), `${megabytes} MB`));
  await check(`${target.name}: contents fit the archive's own hashes`, () => judge(integrityFaults(archive)));
  await check(`${target.name}: no secrets and no paths of this machine`, () =>
    judge(files.flatMap((file) => contentFaults(file.path, readPacked(archive, file), forbidden))),
  );
  const source = target.isReal ? "of Electron's binary" : "of a stand-in's fuse wire, flipped by electron-builder";
  await check(`${target.name}: fuses`, async () => judge(await fuseFaults(join(output, target.program)), source));
  if (target.system === 'win')
    await check(`${target.name}: the program knows the hash of its archive`, () =>
      judge(readFileSync(join(output, target.program)).includes(headHash(archive)) ? [] : ['it does not']),
    );
}

/** The archive itself by Electron; by the stand-in, for which Node cannot read archives, a folder of what was in it. */
async function checkStart(target: Target, output: string): Promise<void> {
  const archive = join(output, target.archive);
  const electron = realElectron();
  process.env['FAPIAO_CHROMIUM'] ??= await ensureChromium();
  if (electron) {
    await check(`${target.name}: the archive starts and issues a card`, () =>
      startPackaged({ executable: electron, app: archive }),
    );
    return;
  }
  const folder = join(work, 'extracted');
  extract(archive, folder);
  await check(`${target.name}: what was packed starts in the stand-in and issues a card`, () =>
    startPackaged({ executable: join(output, target.program), app: folder }),
  );
}

async function checkTarget(target: Target): Promise<void> {
  const { name, system, arch, binary } = target;
  const output = join(work, binary);
  const distribution = target.distribution(join(work, `electron-${binary}`));
  const isPacked = await check(`${name}: packed${target.isReal ? '' : ' around a stand-in for Electron'}`, () => {
    const { ok, said } = packFolder({ system, arch, distribution, output, env: canaries });
    return ok ? passed() : failed([said.slice(-2000)]);
  });
  if (!isPacked) return;
  await checkProgram(target, output);
  if (target.isReal || system === 'linux') await checkStart(target, output);
}

async function checkAll(): Promise<void> {
  const config = await readConfig();
  await check("configuration: electron-builder's schema", async () => judge(await schemaFaults(config)));
  await check('configuration: what was decided', () => judge(configFaults(config)));
  const licences = collectLicences(projectRoot);
  await check('licences of what ships', () => judge(licenceFaults(licences), `${licences.length} packages`));
  await check('known vulnerabilities of what ships', auditShipped);
  const isBuilt = await check('build', async () =>
    (await run('vite', ['build', '--app', '--logLevel', 'error'], canaries)) === 0 ? passed() : failed(['see above']),
  );
  if (!isBuilt) return;
  for (const target of targetsHere()) await checkTarget(target);
  const real = realElectron();
  if (!real) await check("Electron's own binary, asar integrity at run time", () => notRun('the binary is not here'));
  await check('signatures and notarisation', () => notRun('done by the release workflow, where it has the keys'));
  await check('installers: NSIS, dmg, AppImage, deb', () => notRun('made by the release workflow on each system'));
}

try {
  await checkAll();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`\n${summaryOf(outcomes)}`);
process.exit(outcomes.some(({ state }) => state === 'failed') ? 1 : 0);
