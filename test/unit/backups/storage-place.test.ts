import { describe, expect, it } from 'vitest';
import {
  judgePlace,
  type PlaceFacts,
  readPlaceFacts,
  type StoragePlace,
} from '../../../electron/records/storage-place.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const linuxMounts = String.raw`22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
31 22 0:26 / /home/li/nas rw,relatime shared:9 - nfs4 nas:/export/li rw,vers=4.2
32 22 0:27 / /mnt/office\040files rw,relatime - cifs //server/files rw,vers=3.1.1
33 22 0:28 / /mnt/c rw,noatime - 9p C:\134 rw
34 22 0:29 / /home/li/remote rw,nosuid - fuse.sshfs li@host:/ rw
35 22 0:30 / /home/li/dav rw,nosuid - fuse.davfs https://dav.example/ rw
36 22 0:31 / /mnt/usb rw - vfat /dev/sdb1 rw
37 22 0:32 / /home/li/nas/local rw - ext4 /dev/sdc1 rw
38 22 0:33 / /mnt/both rw - ext4 /dev/sdd1 rw
39 22 0:34 / /mnt/both rw - nfs nas:/both rw
40 22 0:35 / /home/li/ntfs rw - fuse.ntfs-3g /dev/sde1 rw`;

const macMounts = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//li@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by li)
nas:/export on /Volumes/na s (nfs)
https://dav.example/ on /Volumes/dav (webdav, nodev, noexec)
/dev/disk4s1 on /Volumes/USB (exfat, local, nodev)`;

const local: StoragePlace = { kind: 'local' };
const network = (detail: string): StoragePlace => ({ kind: 'network', detail });
const synced = (service: string): StoragePlace => ({ kind: 'synced', service });

function judge(platform: NodeJS.Platform, path: string, more: Partial<PlaceFacts> = {}): StoragePlace {
  const mounts = platform === 'linux' ? linuxMounts : platform === 'darwin' ? macMounts : '';
  return judgePlace({ platform, path, mounts, oneDriveFolders: [], ...more });
}

describe('on Linux', () => {
  it.each<[string, StoragePlace]>([
    ['/home/li/.config/Fapiao Desk', local],
    ['/home/li/nas/Fapiao Desk', network('nfs4')],
    ['/home/li/nas', network('nfs4')],
    ['/home/li/nas2/Fapiao Desk', local],
    ['/home/li/nas/local/Fapiao Desk', local],
    ['/mnt/office files/Fapiao Desk', network('cifs')],
    ['/mnt/c/Users/li/Fapiao Desk', network('9p')],
    ['/home/li/remote/a', network('fuse.sshfs')],
    ['/home/li/dav/a', network('fuse.davfs')],
    ['/mnt/usb/Fapiao Desk', local],
    ['/mnt/both/a', network('nfs')],
    ['/home/li/ntfs/a', local],
    ['/home/li/Dropbox/发票', synced('Dropbox')],
    ['/home/li/Dropbox (Personal)/发票', synced('Dropbox')],
    ['/home/li/Dropboxes/发票', local],
    ['/home/li/Nutstore Files/发票', synced('坚果云 Nutstore')],
    ['/home/li/我的坚果云/发票', synced('坚果云 Nutstore')],
    ['/home/li/OneDrive/发票', synced('OneDrive')],
  ])('%s', (path, place) => {
    expect(judge('linux', path)).toEqual(place);
  });
});

describe('on Windows', () => {
  it.each<[string, StoragePlace]>([
    ['C:\\Users\\li\\AppData\\Roaming\\Fapiao Desk', local],
    ['\\\\server\\share\\Fapiao Desk', network('\\\\server\\share\\Fapiao Desk')],
    ['//server/share/Fapiao Desk', network('//server/share/Fapiao Desk')],
    ['\\\\?\\UNC\\server\\share\\a', network('\\\\?\\UNC\\server\\share\\a')],
    ['\\\\?\\C:\\Users\\li\\a', local],
    ['\\\\.\\C:\\a', local],
    ['\\\\wsl.localhost\\Debian\\home\\li', network('\\\\wsl.localhost\\Debian\\home\\li')],
    ['C:\\Users\\li\\OneDrive\\发票', synced('OneDrive')],
    ['C:\\Users\\li\\OneDrive - 云杉商贸\\发票', synced('OneDrive')],
    ['C:\\Users\\li\\OneDriver\\发票', local],
    ['D:\\BaiduSyncdisk\\发票', synced('百度网盘 Baidu')],
    ['D:\\百度网盘同步空间\\发票', synced('百度网盘 Baidu')],
    ['D:\\Nutstore\\1\\发票', synced('坚果云 Nutstore')],
    ['D:\\腾讯微云\\发票', synced('腾讯微云 Weiyun')],
    ['D:\\微云同步助手\\发票', synced('腾讯微云 Weiyun')],
    ['C:\\Users\\li\\iCloudDrive\\发票', synced('iCloud Drive')],
    ['G:\\My Drive\\发票', synced('Google Drive')],
    ['G:\\我的云端硬盘\\发票', synced('Google Drive')],
  ])('%s', (path, place) => {
    expect(judge('win32', path)).toEqual(place);
  });

  it('knows the folder that OneDrive names, whatever it is called and however it is written', () => {
    const oneDriveFolders = ['D:\\Cloud\\'];
    expect(judge('win32', 'd:\\cloud\\Fapiao Desk', { oneDriveFolders })).toEqual(synced('OneDrive'));
    expect(judge('win32', 'D:\\Clouds\\Fapiao Desk', { oneDriveFolders })).toEqual(local);
  });
});

describe('on macOS', () => {
  it.each<[string, StoragePlace]>([
    ['/Users/li/Library/Application Support/Fapiao Desk', local],
    ['/Volumes/share/Fapiao Desk', network('smbfs')],
    ['/Volumes/na s/Fapiao Desk', network('nfs')],
    ['/Volumes/dav/Fapiao Desk', network('webdav')],
    ['/Volumes/USB/Fapiao Desk', local],
    ['/Users/li/Library/Mobile Documents/com~apple~CloudDocs/发票', synced('iCloud Drive')],
    ['/Users/li/Library/CloudStorage/GoogleDrive-li@example.com/My Drive/发票', synced('Google Drive')],
    ['/Users/li/Library/CloudStorage/OneDrive-Personal/发票', synced('OneDrive')],
    ['/Users/li/Library/CloudStorage/Box-Box/发票', synced('CloudStorage')],
    // As HFS writes it: the letters and their accents apart.
    ['/Users/li/Dropbox/Résumé'.normalize('NFD'), synced('Dropbox')],
  ])('%s', (path, place) => {
    expect(judge('darwin', path)).toEqual(place);
  });
});

describe('reading the facts', () => {
  it('gives the mounts of this computer and the folders of the environment', async () => {
    const folder = createTempFolder();
    const facts = await readPlaceFacts(folder, { OneDrive: '/cloud/one', OneDriveCommercial: '/cloud/firm' }, 'linux');
    expect(facts.path).toContain('fapiao-test-');
    expect(facts.oneDriveFolders).toEqual(['/cloud/one', '/cloud/firm']);
    if (process.platform === 'linux') expect(facts.mounts).toContain(' / / ');
  });

  it('takes what cannot be read for harmless', async () => {
    const facts = await readPlaceFacts('/no/such/folder', {}, 'win32');
    expect(judgePlace(facts)).toEqual(local);
  });
});
