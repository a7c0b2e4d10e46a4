import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { wantedFuses } from './config-rules.ts';

type FuseName = keyof typeof wantedFuses;

const places: Readonly<Record<FuseName, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** Fuses of a packed binary that are not as they were decided. */
export async function fuseFaults(binary: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(binary);
  if (wire.version !== FuseVersion.V1) return ['the binary has fuses of another version'];
  return (Object.keys(places) as FuseName[]) // the keys of the object above
    .filter((name) => wire[places[name]] !== (wantedFuses[name] ? FuseState.ENABLE : FuseState.DISABLE))
    .map((name) => `${name} is not ${wantedFuses[name] ? 'on' : 'off'}`);
}
