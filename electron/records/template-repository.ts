import type { Database } from 'better-sqlite3';
import type { Template } from '../../shared/contract/account-operations.ts';
import { createOneStep } from './one-step.ts';

interface Row {
  readonly id: number;
  readonly account_id: number;
  readonly card_id: string;
  readonly payee: string;
  readonly type: string;
  readonly title: string;
  readonly logo_url: string;
  readonly custom_url_name: string;
  readonly custom_url: string;
  readonly custom_url_sub_title: string;
  readonly promotion_url_name: string;
  readonly promotion_url: string;
  readonly promotion_url_sub_title: string;
  readonly created_at: string;
  readonly archived_at: string | null;
}

function toTemplate(row: Row): Template {
  return {
    id: row.id,
    accountId: row.account_id,
    cardId: row.card_id,
    payee: row.payee,
    type: row.type,
    title: row.title,
    logoUrl: row.logo_url,
    customUrlName: row.custom_url_name,
    customUrl: row.custom_url,
    customUrlSubTitle: row.custom_url_sub_title,
    promotionUrlName: row.promotion_url_name,
    promotionUrl: row.promotion_url,
    promotionUrlSubTitle: row.promotion_url_sub_title,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
  };
}

/** What a template is made of; a new one is in use. */
type NewTemplate = Omit<Template, 'id' | 'archivedAt'>;

export function createTemplateRepository(database: Database) {
  const inOneStep = createOneStep(database);
  const selectByAccount = database.prepare<[number], Row>('SELECT * FROM template WHERE account_id = ? ORDER BY id');
  const selectOne = database.prepare<[number], Row>('SELECT * FROM template WHERE id = ?');
  const insert = database.prepare<[NewTemplate], Row>(
    `INSERT INTO template (account_id, card_id, payee, type, title, logo_url, custom_url_name, custom_url,
       custom_url_sub_title, promotion_url_name, promotion_url, promotion_url_sub_title, created_at)
     VALUES (:accountId, :cardId, :payee, :type, :title, :logoUrl, :customUrlName, :customUrl,
       :customUrlSubTitle, :promotionUrlName, :promotionUrl, :promotionUrlSubTitle, :createdAt) RETURNING *`,
  );
  const updateArchived = database.prepare<[{ id: number; archivedAt: string | null }], Row>(
    'UPDATE template SET archived_at = :archivedAt WHERE id = :id RETURNING *',
  );
  return {
    listOfAccount: (accountId: number): Template[] => selectByAccount.all(accountId).map(toTemplate),
    find(id: number): Template | undefined {
      const row = selectOne.get(id);
      return row && toTemplate(row);
    },
    /** Takes a template out of the choice, or (null) puts it back. */
    setArchived(id: number, archivedAt: string | null): Template | undefined {
      const row = inOneStep(() => updateArchived.get({ id, archivedAt }));
      return row && toTemplate(row);
    },
    create(template: NewTemplate): Template {
      const row = inOneStep(() => insert.get(template));
      if (!row) throw new Error('INSERT … RETURNING gave no row');
      return toTemplate(row);
    },
  };
}
