import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What is known of the place of a folder; a pure function decides on it. */
export interface PlaceFacts {
  readonly platform: NodeJS.Platform;
  /** The folder with links followed. Windows gives a mapped drive's as `\\server\share\…`. */
  readonly path: string;
  /** Linux: /proc/self/mountinfo; macOS: what `mount` prints; else empty. */
  readonly mounts: string;
  /** Folders that OneDrive names in the environment. */
  readonly oneDriveFolders: readonly string[];
}

export type StoragePlace =
  | { readonly kind: 'local' }
  | { readonly kind: 'network'; readonly detail: string }
  | { readonly kind: 'synced'; readonly service: string };

/** File systems behind which another computer stands. WAL needs shared memory, which none of them has. */
const networkTypes =
  /^(nfs\d?|cifs|smb\d?|smbfs|smbclient|9p|afpfs|afs|ncpfs|webdav|davfs2?|ceph|glusterfs|lustre|beegfs|vboxsf|prl_fs|vmhgfs|fuse\.(sshfs|davfs2?|rclone|glusterfs|ceph|vmhgfs-fuse|gvfsd-fuse|s3fs|smbnetfs)|macfuse|osxfuse)$/;

const services: readonly (readonly [service: string, segment: RegExp])[] = [
  ['OneDrive', /^onedrive( ?[-–(].*)?$/],
  ['Dropbox', /^dropbox( ?\(.*\))?$/],
  ['iCloud Drive', /^(mobile documents|icloud ?drive)$/],
  ['Google Drive', /^(google ?drive|my drive|我的云端硬盘|googledrive-.*)$/],
  ['坚果云 Nutstore', /^(nutstore( files)?|我的坚果云|坚果云)$/],
  ['百度网盘 Baidu', /^(baidusyncdisk|百度网盘(同步空间)?|baidunetdisk(workspace)?)$/],
  ['腾讯微云 Weiyun', /^(weiyun(disk| sync)?|(腾讯)?微云(同步(盘|助手)?)?)$/],
  // macOS keeps what other services sync here, each in a folder named for it.
  ['CloudStorage', /^cloudstorage$/],
];

interface Mount {
  readonly point: string;
  readonly type: string;
}

const unescapeOctal = (text: string) =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** `36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda1 rw` */
function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const type = after.split(' ')[0];
    return point && type ? [{ point: unescapeOctal(point), type }] : [];
  });
}

/** `//user@server/share on /Volumes/share (smbfs, nodev, nosuid)` */
function parseMountOutput(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const match = / on (?<point>\/.*) \((?<type>[^,)]+)/.exec(line)?.groups;
    return match?.['point'] && match['type'] ? [{ point: match['point'], type: match['type'] }] : [];
  });
}

function isInside(path: string, folder: string): boolean {
  const end = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder || path.startsWith(end);
}

/** The mount a path lies on: the longest point above it; of two at one point the later, which covers the other. */
function findMount(path: string, mounts: readonly Mount[]): Mount | undefined {
  const above = mounts.filter(({ point }) => isInside(path, point));
  const longest = Math.max(0, ...above.map(({ point }) => point.length));
  return above.findLast(({ point }) => point.length === longest);
}

function findNetwork({ platform, path, mounts }: PlaceFacts): string | undefined {
  if (platform === 'win32') {
    // `\\?\C:\…` and `\\.\…` are this computer's own; `\\?\UNC\server` is not.
    const isUnc = /^[\\/]{2}(?![?.][\\/])/.test(path) || /^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path);
    return isUnc ? path : undefined;
  }
  const mount = findMount(path, platform === 'darwin' ? parseMountOutput(mounts) : parseMountInfo(mounts));
  return mount && networkTypes.test(mount.type.toLowerCase()) ? mount.type : undefined;
}

function findService({ platform, path, oneDriveFolders }: PlaceFacts): string | undefined {
  const normal = (folder: string) => folder.normalize('NFC').toLowerCase().replaceAll('\\', '/').replace(/\/+$/, '');
  const given = platform === 'win32' ? normal(path) : path.normalize('NFC').toLowerCase();
  if (oneDriveFolders.some((folder) => folder !== '' && isInside(given, normal(folder)))) return 'OneDrive';
  const segments = given.split('/');
  return services.find(([, pattern]) => segments.some((segment) => pattern.test(segment)))?.[0];
}

/** Whether a database is safe where it lies: SQLite's log does not work over a network, and sync programs take files away. */
export function judgePlace(facts: PlaceFacts): StoragePlace {
  const network = findNetwork(facts);
  if (network !== undefined) return { kind: 'network', detail: network };
  const service = findService(facts);
  return service === undefined ? { kind: 'local' } : { kind: 'synced', service };
}

async function readMounts(platform: NodeJS.Platform): Promise<string> {
  if (platform === 'linux') return readFile('/proc/self/mountinfo', 'utf8');
  // A network share that hangs must not take the caller with it.
  if (platform === 'darwin') return (await promisify(execFile)('/sbin/mount', { timeout: 2000 })).stdout;
  return '';
}

/** Reads the facts of a folder that exists. What cannot be found out counts as harmless: this is a warning, not a guard. */
export async function readPlaceFacts(
  folder: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<PlaceFacts> {
  const names = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'];
  return {
    platform,
    path: await realpath(folder).catch(() => folder),
    mounts: await readMounts(platform).catch(() => ''),
    oneDriveFolders: names.flatMap((name) => environment[name] ?? []),
  };
}
