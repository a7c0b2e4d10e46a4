import type { Database } from 'better-sqlite3';
import type { Account } from '../../shared/contract/account-operations.ts';
import { createOneStep } from './one-step.ts';

/** An account as it is stored: everything but where its secret is. */
export interface StoredAccount extends Omit<Account, 'secretPlace'> {
  /** Practice accounts: whether insert wants the order authorised first. */
  readonly customerMustAuthorise: boolean;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly kind: Account['kind'];
  readonly appid: string;
  readonly base_url: string;
  readonly colour: Account['colour'];
  readonly platform_id: string | null;
  readonly invoice_url: string | null;
  readonly logo_url: string | null;
  readonly customer_must_authorise: 0 | 1;
  readonly created_at: string;
}

function toAccount(row: Row): StoredAccount {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    appid: row.appid,
    baseUrl: row.base_url,
    colour: row.colour,
    platformId: row.platform_id,
    invoiceUrl: row.invoice_url,
    logoUrl: row.logo_url,
    customerMustAuthorise: row.customer_must_authorise === 1,
    createdAt: row.created_at,
  };
}

export type AccountRepository = ReturnType<typeof createAccountRepository>;

export function createAccountRepository(database: Database) {
  const inOneStep = createOneStep(database);
  const selectAll = database.prepare<[], Row>('SELECT * FROM account ORDER BY id');
  const selectOne = database.prepare<[number], Row>('SELECT * FROM account WHERE id = ?');
  const selectByName = database.prepare<[string], Row>('SELECT * FROM account WHERE name = ?');
  const insert = database.prepare<[Record<string, string>], Row>(
    `INSERT INTO account (name, kind, appid, base_url, colour, created_at)
     VALUES (:name, :kind, :appid, :baseUrl, :colour, :createdAt) RETURNING *`,
  );
  const updatePlatform = database.prepare(
    'UPDATE account SET platform_id = :platformId, invoice_url = :invoiceUrl WHERE id = :id',
  );
  const updateLogo = database.prepare('UPDATE account SET logo_url = :logoUrl WHERE id = :id');
  const updateLook = database.prepare<[Record<string, string | number | null>], Row>(
    'UPDATE account SET name = coalesce(:name, name), colour = coalesce(:colour, colour) WHERE id = :id RETURNING *',
  );
  const updateAuthorise = database.prepare('UPDATE account SET customer_must_authorise = :must WHERE id = :id');

  return {
    list: (): StoredAccount[] => selectAll.all().map(toAccount),
    find(id: number): StoredAccount | undefined {
      const row = selectOne.get(id);
      return row && toAccount(row);
    },
    findByName(name: string): StoredAccount | undefined {
      const row = selectByName.get(name);
      return row && toAccount(row);
    },
    /** @throws SqliteError SQLITE_CONSTRAINT_UNIQUE where the name is taken */
    create(account: Pick<Account, 'name' | 'kind' | 'appid' | 'baseUrl' | 'colour' | 'createdAt'>): StoredAccount {
      const row = inOneStep(() => insert.get({ ...account }));
      if (!row) throw new Error('INSERT … RETURNING gave no row');
      return toAccount(row);
    },
    setPlatform(id: number, platform: { readonly platformId: string; readonly invoiceUrl: string }): void {
      updatePlatform.run({ id, ...platform });
    },
    setLogo(id: number, logoUrl: string): void {
      updateLogo.run({ id, logoUrl });
    },
    /**
     * Changes how people know the account; what is not named stays.
     * @throws SqliteError SQLITE_CONSTRAINT_UNIQUE where the name is taken
     */
    change(
      id: number,
      look: { readonly [Key in 'name' | 'colour']?: Account[Key] | undefined },
    ): StoredAccount | undefined {
      const row = inOneStep(() => updateLook.get({ id, name: look.name ?? null, colour: look.colour ?? null }));
      return row && toAccount(row);
    },
    setCustomerMustAuthorise(id: number, must: boolean): void {
      updateAuthorise.run({ id, must: must ? 1 : 0 });
    },
  };
}
