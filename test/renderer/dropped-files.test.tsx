import { expect, it } from 'vitest';
import { takeDropped } from '../../renderer/components/pdf/dropped-files.ts';

const file = (name: string) => new File(['x'], name);

function fileEntry(name: string) {
  return { name, isFile: true, isDirectory: false, file: (done: (made: File) => void) => done(file(name)) };
}

/** A folder whose reader gives its entries in portions, as browsers do. */
function folderEntry(portions: readonly (readonly ReturnType<typeof fileEntry>[])[]) {
  return {
    name: 'folder',
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = [...portions];
      return { readEntries: (done: (entries: readonly unknown[]) => void) => done(left.shift() ?? []) };
    },
  };
}

function transfer(files: readonly File[], entries: readonly unknown[] = []): DataTransfer {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  // Only these two members are asked for.
  return { files, items } as unknown as DataTransfer;
}

it('takes the first PDF, whatever lies before it', async () => {
  const dropped = await takeDropped(transfer([file('a.txt'), file('b.PDF'), file('c.pdf')]));
  expect([dropped.file?.name, dropped.fileCount]).toEqual(['b.PDF', 3]);
});

it('keeps the other PDFs apart, in their order, and nothing else', async () => {
  const { others } = await takeDropped(transfer([file('b.pdf'), file('a.txt'), file('c.pdf'), file('a.pdf')]));
  expect(others.map(({ name }) => name)).toEqual(['c.pdf', 'a.pdf']);
});

it('takes the first file where none is a PDF, so that it can be named', async () => {
  const dropped = await takeDropped(transfer([file('a.txt')]));
  expect([dropped.file?.name, dropped.fileCount]).toEqual(['a.txt', 1]);
});

it('looks into a folder to its end and takes the first PDF by name, numbers in their order', async () => {
  const folder = folderEntry([[fileEntry('发票10.pdf'), fileEntry('说明.txt')], [fileEntry('发票9.pdf')]]);
  const dropped = await takeDropped(transfer([file('folder')], [folder]));
  expect([dropped.file?.name, dropped.fileCount]).toEqual(['发票9.pdf', 3]);
});

it('finds nothing in an empty folder', async () => {
  expect(await takeDropped(transfer([file('folder')], [folderEntry([])]))).toEqual({
    file: undefined,
    others: [],
    fileCount: 0,
  });
});

it('reads the transfer before the first wait, after which it is empty', async () => {
  const files = [file('a.pdf')];
  const taken = takeDropped(transfer(files));
  files.length = 0;
  expect((await taken).file?.name).toBe('a.pdf');
});
