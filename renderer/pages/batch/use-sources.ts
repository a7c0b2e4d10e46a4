import { useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { admitFile, call } from '../../api/call.ts';

const isFolder = ({ token }: ChosenFile) => token.startsWith('folder_');

/** The ways in which a table and a folder come onto the desk: dialogs, drops, and the sample. */
export function useSources(onTable: (table: ChosenFile) => void, onFolder: (folder: ChosenFile) => void) {
  const [error, setError] = useState<AppError | null>(null);
  const choose = async (kind: 'table' | 'pdf-folder') => {
    const answer = await call('file.choose', { kind });
    if (!answer.ok) return setError(answer.error);
    const { file } = answer.value;
    if (!file) return;
    setError(null);
    (kind === 'table' ? onTable : onFolder)(file);
  };
  const drop = async (transfer: DataTransfer) => {
    setError(null);
    for (const file of [...transfer.files]) {
      const admitted = await admitFile(file);
      if (!admitted.ok) setError(admitted.error);
      else (isFolder(admitted.value) ? onFolder : onTable)(admitted.value);
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
  return { error, clearError: () => setError(null), choose, drop, takeSample };
}
