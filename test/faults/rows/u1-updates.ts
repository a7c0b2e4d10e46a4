import { isInstaller } from '../../../electron/updates/installer-check.ts';
import { judgeManifest, type Manifest, type RefusalReason } from '../../../electron/updates/manifest.ts';
import type { UpdateChecks } from '../../../electron/updates/updates.ts';
import { createUpdateStage } from '../../support/update-stage.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import { chanceOf } from '../network/chance.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { type Attack, attacks } from '../updates/mutations.ts';

const sound: UpdateChecks = { judgeManifest, isInstaller };

/** A judge to whom one reason is none. */
const overlooks = (reason: RefusalReason): UpdateChecks => ({
  ...sound,
  judgeManifest(found, installation) {
    const judged = judgeManifest(found, installation);
    const isOverlooked = judged.kind === 'refused' && judged.reason === reason;
    return isOverlooked ? { kind: 'offer', manifest: found as Manifest } : judged; // its form was found good before the rest
  },
});

/** The first time it looks, and never again. */
function looksOnce(): UpdateChecks {
  let hasLooked = false;
  return {
    ...sound,
    async isInstaller(path, files) {
      if (hasLooked) return true;
      hasLooked = true;
      return isInstaller(path, files);
    },
  };
}

const plants: readonly { readonly name: string; readonly checks: () => UpdateChecks }[] = [
  { name: 'the signature is not asked for', checks: () => overlooks('signature') },
  { name: 'an older release is taken', checks: () => overlooks('downgrade') },
  { name: 'a release that has ended is taken', checks: () => overlooks('expired') },
  {
    name: 'a verifier that finds a fault lets the installer through',
    checks: () => ({ ...sound, isInstaller: async () => true }),
  },
  { name: 'the installer is not verified again before it is started', checks: looksOnce },
];

/** A person who presses every button there is. @returns whether an installer was started */
async function pressEverything(folder: string, attack: Attack, seed: number, checks: UpdateChecks): Promise<boolean> {
  const stage = createUpdateStage({ folder, checks });
  const random = chanceOf(seed, attack.kind);
  attack.prepare?.(stage, random);
  await stage.updates.check();
  await stage.updates.download();
  if (stage.updates.read().stage === 'ready') attack.beforeInstall?.(stage, random);
  await stage.updates.install();
  stage.updates.installAtEnd();
  return stage.started() > 0;
}

async function play(folder: string, { long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const rounds = long ? 2000 : 120;
  const taken: string[] = [];
  let done = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const attack of attacks) {
      if (Date.now() >= endsAt) break;
      if (await pressEverything(folder, attack, seed + round, sound))
        taken.push(`${attack.kind}, --seed ${seed + round}`);
      done += 1;
    }
  for (const one of taken.slice(0, 20)) say(`taken: ${one}`);
  const genuine = await pressEverything(folder, { kind: 'none' }, seed, sound);
  if (!genuine) say('the genuine update was refused');
  const bites: FaultResult['bites'][number][] = [];
  for (const { name, checks } of plants) {
    let caught = false;
    for (const attack of attacks) caught ||= await pressEverything(folder, attack, seed, checks());
    bites.push({ name, caught });
  }
  return {
    figure: `${done} false updates of ${attacks.length} kinds, ${taken.length} taken; the genuine one ${genuine ? 'taken' : 'refused'}`,
    ok: taken.length === 0 && genuine,
    reached: { done, wanted: rounds * attacks.length },
    bites,
  };
}

export const row: FaultRow = {
  id: 'U1',
  title: 'updates: false manifests and installers',
  run: (options) => withQuickFolder((folder) => play(folder, options)),
};
