/** What was found in a drop: the first PDF, else the first file; the other PDFs; an XML; how many files there were. */
export interface DroppedFiles {
  readonly file: File | undefined;
  readonly others: readonly File[];
  /** The XML that comes with a digital invoice. */
  readonly xml: File | undefined;
  readonly fileCount: number;
}

const isXml = ({ name }: File) => /\.xml$/i.test(name);
const isPdf = ({ name }: File) => /\.pdf$/i.test(name);

/** A dropped folder is looked through no further than this. */
const mostEntries = 500;

function readEntries(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  return new Promise((resolve, reject) => {
    const found: FileSystemEntry[] = [];
    // The reader gives a hundred entries at a time and ends with an empty list.
    const more = () =>
      reader.readEntries((entries) => {
        found.push(...entries);
        if (entries.length === 0 || found.length >= mostEntries) resolve(found);
        else more();
      }, reject);
    more();
  });
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function filesOf(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return [await fileOf(entry)];
  if (!isDirectory(entry)) return [];
  const inside = (await readEntries(entry)).filter(isFile);
  inside.sort((one, other) => one.name.localeCompare(other.name, 'zh-CN', { numeric: true }));
  return Promise.all(inside.map(fileOf));
}

/** Takes files out of a drop. The transfer is empty after the first wait, so it is emptied into lists before. */
export async function takeDropped(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const direct = [...transfer.files];
  const hasFolder = entries.some((entry) => entry?.isDirectory);
  const files = hasFolder ? (await Promise.all(entries.filter((entry) => entry !== null).map(filesOf))).flat() : direct;
  const file = files.find(isPdf) ?? files[0];
  const others = files.filter((one) => one !== file && isPdf(one));
  return { file, others, xml: files.find(isXml), fileCount: files.length };
}
