/** A file of the archive, by its path in it. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
  /** Beside the archive and not in it. */
  readonly unpacked: boolean;
}

interface Presence {
  readonly what: string;
  readonly wanted: RegExp;
  readonly atLeast: number;
}

const present: readonly Presence[] = [
  { what: 'the main script', wanted: /^dist\/main\/main\.js$/, atLeast: 1 },
  { what: 'the preload script', wanted: /^dist\/preload\/preload\.cjs$/, atLeast: 1 },
  { what: 'the page', wanted: /^dist\/renderer\/index\.html$/, atLeast: 1 },
  {
    what: 'the workers',
    wanted: /^dist\/main\/chunks\/(backup|export|pdf|search|table)-worker-[\w-]+\.js$/,
    atLeast: 5,
  },
  { what: 'character maps of the main process', wanted: /^dist\/main\/pdfjs\/cmaps\/.+\.bcmap$/, atLeast: 160 },
  { what: 'character maps of the page', wanted: /^dist\/renderer\/pdfjs\/cmaps\/.+\.bcmap$/, atLeast: 160 },
  {
    what: 'character maps for Chinese',
    wanted: /^dist\/(main|renderer)\/pdfjs\/cmaps\/(UniGB-UCS2-H|UniGB-UTF16-H|GBK-EUC-H|GBKp-EUC-H)\.bcmap$/,
    atLeast: 8,
  },
  {
    what: 'standard fonts',
    wanted: /^dist\/(main|renderer)\/pdfjs\/standard_fonts\/(Foxit|Liberation).+\.(pfb|ttf)$/,
    atLeast: 28,
  },
  {
    what: 'decoders of pictures in PDFs',
    wanted: /^dist\/(main|renderer)\/pdfjs\/wasm\/(jbig2|openjpeg|qcms_bg)\.wasm$/,
    atLeast: 6,
  },
  { what: 'the reader of QR codes', wanted: /^dist\/main\/pdfjs\/zxing_reader\.wasm$/, atLeast: 1 },
  { what: 'the licences of what it is made with', wanted: /^dist\/main\/licences\.json$/, atLeast: 1 },
  {
    what: 'the program of SQLite',
    wanted: /^node_modules\/better-sqlite3\/(package\.json|lib\/index\.js)$/,
    atLeast: 2,
  },
  { what: 'the sample table', wanted: /^resources\/samples\/[^/]+\.csv$/, atLeast: 1 },
  { what: 'the sample PDFs', wanted: /^resources\/samples\/pdf\/.+\.pdf$/i, atLeast: 60 },
];

const absent: readonly { readonly what: string; readonly unwanted: RegExp }[] = [
  { what: 'source maps', unwanted: /\.map$/ },
  { what: 'sources', unwanted: /\.(ts|tsx|mts|cts)$/ },
  { what: 'tests and fixtures', unwanted: /(^|\/)(tests?|__tests__|fixtures?|bench)\/|\.(test|spec)\.[a-z]+$/ },
  {
    what: 'tools of this project',
    unwanted: /^(scripts|\.ci|\.github|docs|relay|dist\/relay|electron|renderer|shared)\//,
  },
  { what: 'the command line, which a package cannot run', unwanted: /^dist\/main\/cli\.js$/ },
  { what: 'other modules', unwanted: /^node_modules\/(?!better-sqlite3\/)/ },
  { what: 'sources of SQLite', unwanted: /^node_modules\/better-sqlite3\/(deps|src|binding\.gyp)/ },
  {
    what: 'secrets and settings',
    unwanted: /(^|\/)(\.env[^/]*|\.npmrc|[^/]+\.(pem|p12|pfx|key|keystore)|secrets\.json)$/i,
  },
  { what: 'databases and logs', unwanted: /\.(db|sqlite3?|db-wal|db-shm|log)$/ },
  { what: 'hidden files', unwanted: /(^|\/)\.[^/]+$/ },
];

/** The one binary of SQLite that a target wants, and that it is a file of its own: a library cannot be loaded out of an archive. */
function binaryFaults(files: readonly PackedFile[], target: string): readonly string[] {
  const binaries = files.filter(({ path }) => path.endsWith('.node'));
  const wanted = `node_modules/better-sqlite3/prebuilds/${target}.node`;
  const others = binaries.filter(({ path }) => path !== wanted).map(({ path }) => `binary of another system: ${path}`);
  const own = binaries.find(({ path }) => path === wanted);
  if (!own) return [`missing: ${wanted}`, ...others];
  return own.unpacked ? others : [`inside of the archive: ${wanted}`, ...others];
}

/** What is missing from a package, and what does not belong in it. The target is named as better-sqlite3 names its binaries. */
export function fileFaults(files: readonly PackedFile[], target: string): readonly string[] {
  const missing = present.flatMap(({ what, wanted, atLeast }) => {
    const count = files.filter(({ path, bytes }) => wanted.test(path) && bytes > 0).length;
    return count >= atLeast ? [] : [`${what}: ${count} of at least ${atLeast}`];
  });
  const unwanted = absent.flatMap((rule) =>
    files.filter(({ path }) => rule.unwanted.test(path)).map(({ path }) => `${rule.what}: ${path}`),
  );
  const unpacked = files.filter((file) => file.unpacked && !file.path.endsWith('.node'));
  return [...missing, ...unwanted, ...binaryFaults(files, target), ...unpacked.map(({ path }) => `unpacked: ${path}`)];
}

const megabyte = 1024 * 1024;
/** Room to grow by a half; more is something that does not belong. */
export const mostBytes = 30 * megabyte;

/** Whether the whole is as large as such a program is. */
export function sizeFaults(files: readonly PackedFile[]): readonly string[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${(bytes / megabyte).toFixed(1)} MB`;
  if (bytes > mostBytes) return [`${size} are more than ${mostBytes / megabyte} MB`];
  return bytes < 5 * megabyte ? [`${size} cannot be the whole program`] : [];
}
