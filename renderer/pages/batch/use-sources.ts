import { useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { admitFile, call } from '../../api/call.ts';

const isFolder = ({ token }: ChosenFile) => token.startsWith('folder_');

async function holdsOnlyPdfs(folder: ChosenFile): Promise<boolean> {
  const looked = await call('folder.look', { folder: folder.token });
  // Where it cannot be looked into, the check of it says why.
  return looked.ok && looked.value.pdfs > 0 && looked.value.tables + looked.value.others === 0;
}

/** The ways in which a table and a folder come onto the desk: dialogs, drops, and the sample. */
export function useSources(desk: {
  readonly onTable: (table: ChosenFile) => void;
  readonly onFolder: (folder: ChosenFile) => void;
  /** A folder of which a table is to be made. */
  readonly onPdfs: (folder: ChosenFile) => void;
  readonly hasTable: boolean;
}) {
  const { onTable, onFolder, onPdfs, hasTable } = desk;
  const [error, setError] = useState<AppError | null>(null);
  const choose = async (kind: 'table' | 'pdf-folder') => {
    const answer = await call('file.choose', { kind });
    if (!answer.ok) return setError(answer.error);
    const { file } = answer.value;
    if (!file) return;
    setError(null);
    (kind === 'table' ? onTable : onFolder)(file);
  };
  const choosePdfs = async () => {
    const answer = await call('file.choose', { kind: 'pdf-folder' });
    if (!answer.ok) return setError(answer.error);
    setError(null);
    if (answer.value.file) onPdfs(answer.value.file);
  };
  const drop = async (transfer: DataTransfer) => {
    setError(null);
    const files = [...transfer.files];
    for (const file of files) {
      const admitted = await admitFile(file);
      if (!admitted.ok) setError(admitted.error);
      else if (!isFolder(admitted.value)) onTable(admitted.value);
      else if (files.length === 1 && !hasTable && (await holdsOnlyPdfs(admitted.value))) onPdfs(admitted.value);
      else onFolder(admitted.value);
    }
  };
  const takeSample = async () => {
    const place = await call('file.choose', { kind: 'pdf-folder' });
    if (!place.ok) return setError(place.error);
    if (!place.value.file) return;
    const saved = await call('table.sample', { folder: place.value.file.token });
    if (!saved.ok) return setError(saved.error);
    setError(null);
    onTable(saved.value.table);
    onFolder(saved.value.pdfFolder);
  };
  return { error, clearError: () => setError(null), choose, choosePdfs, drop, takeSample };
}
