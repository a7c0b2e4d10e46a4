import type { Database } from 'better-sqlite3';
import type { StoredPdf } from '../../shared/contract/invoice-operations.ts';
import { createOneStep } from './one-step.ts';

interface Row {
  readonly id: number;
  readonly sha256: string;
  readonly file_name: string;
  readonly size_bytes: number;
}

function toPdf(row: Row): StoredPdf {
  return { id: row.id, sha256: row.sha256, fileName: row.file_name, sizeBytes: row.size_bytes };
}

/** A PDF at WeChat: erased there three days after its upload unless a card holds it (API section 3). */
export interface Upload {
  readonly mediaId: string;
  readonly expiresAt: string;
}

export function createPdfRepository(database: Database) {
  const inOneStep = createOneStep(database);
  const selectOne = database.prepare<[number], Row>('SELECT * FROM pdf WHERE id = ?');
  const upsert = database.prepare<[Record<string, string | number>], Row>(
    `INSERT INTO pdf (sha256, file_name, size_bytes, created_at) VALUES (:sha256, :fileName, :sizeBytes, :createdAt)
     ON CONFLICT (sha256) DO UPDATE SET file_name = excluded.file_name RETURNING *`,
  );
  const insertUpload = database.prepare(
    `INSERT INTO upload (account_id, pdf_id, media_id, uploaded_at, expires_at)
     VALUES (:accountId, :pdfId, :mediaId, :uploadedAt, :expiresAt)`,
  );
  // `+`: see the invoice repository.
  const selectUpload = database.prepare<[number, number, string], { media_id: string; expires_at: string }>(
    `SELECT media_id, expires_at FROM upload WHERE account_id = +? AND pdf_id = +? AND expires_at > +?
     ORDER BY expires_at DESC LIMIT 1`,
  );
  const selectLatestUpload = database.prepare<[number, number], { media_id: string; expires_at: string }>(
    `SELECT media_id, expires_at FROM upload WHERE account_id = +? AND pdf_id = +? ORDER BY expires_at DESC, id DESC LIMIT 1`,
  );
  return {
    find(id: number): StoredPdf | undefined {
      const row = selectOne.get(id);
      return row && toPdf(row);
    },
    /** Records a file of the PDF store; the same content is one record, under the name it was given last. */
    record(pdf: Omit<StoredPdf, 'id'> & { readonly createdAt: string }): StoredPdf {
      const row = inOneStep(() => upsert.get({ ...pdf }));
      if (!row) throw new Error('INSERT … RETURNING gave no row');
      return toPdf(row);
    },
    recordUpload(
      upload: Upload & { readonly accountId: number; readonly pdfId: number; readonly uploadedAt: string },
    ): void {
      insertUpload.run({ ...upload });
    },
    /** The last upload of a PDF, valid or not: one that a card holds stays at WeChat beyond its three days. */
    findLatestUpload(accountId: number, pdfId: number): Upload | undefined {
      const row = selectLatestUpload.get(accountId, pdfId);
      return row && { mediaId: row.media_id, expiresAt: row.expires_at };
    },
    /** The upload of a PDF that is valid beyond `until` (ISO-8601), if there is one. */
    findUpload(accountId: number, pdfId: number, until: string): Upload | undefined {
      const row = selectUpload.get(accountId, pdfId, until);
      return row && { mediaId: row.media_id, expiresAt: row.expires_at };
    },
  };
}
