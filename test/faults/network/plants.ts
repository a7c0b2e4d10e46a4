import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A defect put into one source while it is loaded; the file on the disk stays as it is. */
export interface Plant {
  readonly name: string;
  /** From the project's root. */
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
  /** Names of the faults that must show it. */
  readonly shownBy: RegExp;
}

const transport = 'electron/wechat/transport.ts';
const insert = 'electron/wechat/insert.ts';

export const plants: readonly Plant[] = [
  {
    name: 'a reset connection is taken for never sent',
    file: transport,
    from: /return \{ kind: 'connection-lost', sent, cause \};/,
    to: "return { kind: 'unreachable', sent: false, cause };",
    shownBy: /^(RST|FIN) after/,
  },
  {
    name: 'an insert without an answer in time is sent again by the program',
    file: 'electron/issuing/issuer.ts',
    from: /function repeatOf\([^{]*\{/,
    to: "$& if (state === 'unknown') return 'ask-again';",
    shownBy: /^silence/,
  },
  {
    name: 'a lost connection is tried once more, as for a read',
    file: insert,
    from: /manner: 'alone',/,
    to: '$& isRead: true,',
    shownBy: /^(RST|FIN) after/,
  },
  {
    name: 'a landed code after an unknown outcome is taken for a refusal',
    file: 'electron/issuing/record-answer.ts',
    from: /if \(sent\.mayHaveLanded && landedErrcodes\.includes\(errcode\)\)/,
    to: "if (landedErrcodes.includes(errcode)) return { event: 'refuse', changes: { error }, attempt, error };\n  if (false)",
    shownBy: /^(RST|FIN) after/,
  },
  {
    name: '-1 is taken for a refusal',
    file: insert,
    from: /if \(errcode === -1\)/,
    to: 'if (errcode === 1)',
    shownBy: /^-1/,
  },
  {
    name: "a server's failure is taken for a refusal",
    file: insert,
    from: /case 'unreadable': \{/,
    to: "$& if (outcome.error.code === 'wechat.http-status') return { kind: 'refused', errcode: 500, error: outcome.error };",
    shownBy: /^5xx/,
  },
  {
    name: 'an unreadable answer with status 200 is taken for success',
    file: insert,
    from: /case 'unreadable': \{/,
    to: "$& if (outcome.error.code !== 'wechat.http-status') return { kind: 'issued', code: null, openid: null, unionid: null };",
    shownBy: /^(HTML|nothing|JSON of)/,
  },
];

/** Defects of the connection an insert goes over. */
export const deathPlants: readonly Plant[] = [
  {
    name: 'an insert goes over a kept connection',
    file: transport,
    from: /request\.manner === 'alone' \? sendAlone\(request\) : sendPooled\(request\)/,
    to: 'sendPooled(request)',
    shownBy: /./,
  },
  {
    name: "the transport sends again over a new connection when one dies, as Chromium's does",
    file: transport,
    from: /const work = request\.manner === 'alone' \? sendAlone\(request\)/,
    to: "const work = request.manner === 'alone' ? sendAlone(request).then((first) => (first.ok ? first : sendAlone(request)))",
    shownBy: /./,
  },
];

const root = join(import.meta.dirname, '..', '..', '..');

/** The source with its defect. Throws where the place of the defect is gone: a bite that is not made proves nothing. */
export function plantInto(plant: Plant, source: string): string {
  const matches = source.match(new RegExp(plant.from, 'g'))?.length ?? 0;
  if (matches !== 1) throw new Error(`"${plant.name}" fits ${matches} places of ${plant.file} instead of one`);
  return source.replace(plant.from, plant.to);
}

export function findPlant(name: string): Plant {
  const plant = [...plants, ...deathPlants].find((one) => one.name === name);
  if (!plant || !existsSync(join(root, plant.file))) throw new Error(`there is no defect "${name}"`);
  plantInto(plant, readFileSync(join(root, plant.file), 'utf8'));
  return plant;
}
