/** What the rules read of electron-builder's configuration; its own schema has judged the rest. */
export interface PackageConfig {
  readonly [name: string]: unknown;
}

/** Each fuse of Electron that decides what the program obeys besides its own code. */
export const wantedFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

/** Settings by their places, and the value that each must have. */
const wantedValues: readonly (readonly [place: string, value: unknown])[] = [
  ...Object.entries(wantedFuses).map(([name, value]) => [`electronFuses.${name}`, value] as const),
  ['asar.smartUnpack', false],
  ['disableAsarIntegrity', false],
  ['npmRebuild', false],
  ['nsis.deleteAppDataOnUninstall', false],
  ['nsis.include', 'resources/packaging/installer.nsh'],
  ['win.verifyUpdateCodeSignature', true],
  ['mac.hardenedRuntime', true],
  ['mac.notarize', true],
  ['mac.entitlements', 'resources/packaging/entitlements.mac.plist'],
  ['mac.entitlementsInherit', 'resources/packaging/entitlements.mac.plist'],
  ['win.icon', 'resources/icons/icon.ico'],
  ['mac.icon', 'resources/icons/icon.icns'],
];

/** Settings that would take a protection away wherever they stand. */
const unwanted = [
  'fileAssociations',
  'win.fileAssociations',
  'mac.fileAssociations',
  'linux.fileAssociations',
  'win.signExecutable',
  'win.signAndEditExecutable',
  'mac.identity',
  'electronDist',
  'electronDownload',
];

function valueAt(config: PackageConfig, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      config,
    );
}

const wantedTargets: Readonly<Record<string, readonly string[]>> = {
  win: ['nsis x64 arm64'],
  mac: ['dmg x64 arm64', 'zip x64 arm64'],
  linux: ['AppImage', 'deb'],
};

/** A target as it is written in one line: a word, or an object with its processors. */
function targetName(target: unknown): string {
  if (typeof target !== 'object' || target === null) return String(target);
  const arch: unknown = Reflect.get(target, 'arch');
  return [String(Reflect.get(target, 'target')), ...(Array.isArray(arch) ? arch : [arch])].join(' ');
}

function targetFaults(config: PackageConfig, system: string): readonly string[] {
  const targets = valueAt(config, `${system}.target`);
  const found = (Array.isArray(targets) ? targets : [targets]).map(targetName);
  const wanted = wantedTargets[system] ?? [];
  return found.join(', ') === wanted.join(', ')
    ? []
    : [`${system}.target: ${found.join(', ')} instead of ${wanted.join(', ')}`];
}

/** What in the configuration would make a package that protects less, or another one, than was decided. */
export function configFaults(config: PackageConfig): readonly string[] {
  const wrong = wantedValues
    .filter(([place, value]) => valueAt(config, place) !== value)
    .map(([place, value]) => `${place}: ${String(valueAt(config, place))} instead of ${String(value)}`);
  const extra = unwanted.filter((place) => valueAt(config, place) !== undefined).map((place) => `${place} is set`);
  return [...wrong, ...extra, ...Object.keys(wantedTargets).flatMap((system) => targetFaults(config, system))];
}
