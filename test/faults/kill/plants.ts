/** A change of one source that sleeps in the bundle until a task names it; the file on the disk stays as it is. */
export interface Plant {
  readonly name: string;
  /** From the project's root. */
  readonly file: string;
  readonly edits: readonly { readonly from: RegExp; readonly to: string }[];
}

/** JavaScript that is true while the plant is awake. */
const awake = (name: string) => `globalThis.awakePlants?.includes('${name}')`;

function plant(name: string, file: string, edits: (awake: string) => Plant['edits']): Plant {
  return { name, file, edits: edits(awake(name)) };
}

export const plants: readonly Plant[] = [
  // No defect: backups have rows of their own, and one at each end would cost more than all the rest of a case.
  plant('no-backups', 'electron/records/backups.ts', (on) => [
    { from: /function hasChanged\(\): boolean \{/, to: `$& if (${on}) return false;` },
  ]),
  plant('sending-after-send', 'electron/issuing/issuer.ts', (on) => [
    {
      from: /const begun = await records\.inSharedTransaction/,
      to: `const early = ${on} ? await client.insert(body) : undefined; $&`,
    },
    { from: /await client\.insert\(body\);/g, to: `early ?? (await client.insert(body));` },
  ]),
  plant('repeat-after-timeout', 'electron/issuing/issuer.ts', (on) => [
    { from: /function repeatOf\([^{]*\{/, to: `$& if (${on} && state === 'unknown') return 'ask-again';` },
  ]),
  plant('sending-taken-for-unsent', 'electron/issuing/issuer.ts', (on) => [
    { from: /apply\(id, 'sending', 'lose'/, to: `apply(id, 'sending', ${on} ? 'not-sent' : 'lose'` },
  ]),
  plant('no-lock', 'electron/records/writer-lock.ts', (on) => [
    { from: /database\.exec\('BEGIN EXCLUSIVE'\);/, to: `if (!(${on})) $&` },
  ]),
  ...(['NORMAL', 'OFF'] as const).map((value) =>
    plant(`synchronous-${value.toLowerCase()}`, 'electron/records/database.ts', (on) => [
      {
        from: /database\.pragma\(`\$\{pragma\} = \$\{value\}`\);/,
        to: `$& if (${on} && pragma === 'synchronous') { database.pragma('synchronous = ${value}'); continue; }`,
      },
    ]),
  ),
  plant('double-click', 'electron/issuing/issuer.ts', (on) => [
    { from: /if \(busy\.has\(invoiceId\)\)/g, to: `if (!(${on}) && busy.has(invoiceId))` },
    {
      from: /apply\(invoiceId, 'prepared', event/,
      to: `apply(invoiceId, ${on} ? records.invoices.find(invoiceId).state : 'prepared', event`,
    },
  ]),
  plant('forgets-unsaved-answers', 'electron/issuing/answer-keeper.ts', (on) => [
    { from: /kept\.set\(answered\.attempt, answered\);/, to: `if (!(${on})) $&` },
  ]),
  plant('disk-taken-for-a-bug', 'electron/records/database.ts', (on) => [
    { from: /export function storageFailure\([^{]*\{/, to: `$& if (${on}) return undefined;` },
  ]),
  plant('no-reserve', 'electron/records/disk-reserve.ts', (on) => [
    { from: /free: remove,/, to: `free: () => (${on} ? undefined : remove()),` },
  ]),
  // Behind the busy set stand the state it is sent from and the table of moves; it goes through where all three are gone.
  plant('double-click', 'shared/invoice/state.ts', (on) => [
    {
      from: /export function nextState\([^{]*\{/,
      to: `$& if (${on} && state === 'sending' && (event === 'send' || event === 'prepare')) return 'sending';`,
    },
  ]),
];

/** The source with every plant of this file asleep in it. */
export function plantInto(file: string, source: string): string {
  let text = source;
  for (const { name, edits } of plants.filter((one) => one.file === file))
    for (const { from, to } of edits) {
      const planted = text.replace(from, to);
      // A defect that is not in the program would never be caught, and a row without defects proves nothing.
      if (planted === text) throw new Error(`${file} no longer has the place for the defect ${name}: ${String(from)}`);
      text = planted;
    }
  return text;
}
