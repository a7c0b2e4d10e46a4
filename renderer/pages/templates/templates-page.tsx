import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Template, TemplateContent } from '../../../shared/contract/account-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { TemplateDrawer } from '../../components/template/template-drawer.tsx';
import { contentOf } from '../../components/template/template-form.ts';
import { TemplateTile } from './template-tile.tsx';
import './templates.css';

type Shown = 'inUse' | 'archived';

/** What was done last, with the way back where there is one. */
interface Done {
  readonly kind: 'created' | 'archived';
  readonly template: Template;
}

function DoneNotice(props: { readonly done: Done; readonly onUndo: () => void; readonly onClose: () => void }) {
  const { done, onUndo, onClose } = props;
  const { t } = useTranslation();
  const name = done.template.title;
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      title={done.kind === 'created' ? t('templates.created', { name }) : t('templates.archiveDone', { name })}
      closable={{ 'aria-label': t('errorAction.close'), onClose }}
      action={
        done.kind === 'archived' && (
          <Button size="small" onClick={onUndo}>
            {t('templates.undo')}
          </Button>
        )
      }
    />
  );
}

function NothingYet({ shown, onNew }: { readonly shown: Shown; readonly onNew: () => void }) {
  const { t } = useTranslation();
  if (shown === 'archived') return <Empty className="page-empty" description={t('templates.emptyArchived')} />;
  return (
    <Empty className="page-empty" description={`${t('templates.emptyTitle')} · ${t('templates.emptyText')}`}>
      <Button icon={<PlusOutlined aria-hidden="true" />} onClick={onNew}>
        {t('template.new')}
      </Button>
    </Empty>
  );
}

/** Archives and puts back; what is shown follows what the records say. */
function useArchiving() {
  const [error, setError] = useState<AppError>();
  const [done, setDone] = useState<Done>();
  const archive = async (template: Template, archived: boolean) => {
    const answer = await call('template.archive', { templateId: template.id, archived });
    setError(answer.ok ? undefined : answer.error);
    setDone(answer.ok && archived ? { kind: 'archived', template: answer.value } : undefined);
  };
  return { error, setError, done, setDone, archive };
}

function AccountTemplates({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const reading = useOperation('template.list', { accountId: account.id });
  const [shown, setShown] = useState<Shown>('inUse');
  const [edited, setEdited] = useState<{ readonly start?: TemplateContent } | null>(null);
  const { error, setError, done, setDone, archive } = useArchiving();
  if (reading.error)
    return (
      <div className="page-error">
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
      </div>
    );
  if (!reading.data) return <Loading />;
  const inUse = reading.data.templates.filter(({ archivedAt }) => archivedAt === null);
  const archived = reading.data.templates.filter(({ archivedAt }) => archivedAt !== null);
  const listed = shown === 'inUse' ? inUse : archived;
  return (
    <div className="templates">
      <div className="templates-head">
        <p className="lead">{t('templates.lead')}</p>
        <div className="templates-tools">
          <Segmented<Shown>
            aria-label={t('templates.show')}
            value={shown}
            onChange={setShown}
            options={[
              { value: 'inUse', label: t('templates.inUse', { count: inUse.length }) },
              { value: 'archived', label: t('templates.archived', { count: archived.length }) },
            ]}
          />
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setEdited({})}>
            {t('template.new')}
          </Button>
        </div>
      </div>
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      {done && (
        <DoneNotice done={done} onUndo={() => void archive(done.template, false)} onClose={() => setDone(undefined)} />
      )}
      {listed.length === 0 ? (
        <NothingYet shown={shown} onNew={() => setEdited({})} />
      ) : (
        <ul className="templates-grid" aria-label={t('templates.list')}>
          {listed.map((template) => (
            <TemplateTile
              key={template.id}
              template={template}
              others={inUse.filter(({ id, payee }) => id !== template.id && payee === template.payee).length}
              onDuplicate={() => setEdited({ start: contentOf(template) })}
              onArchive={(toArchive) => void archive(template, toArchive)}
            />
          ))}
        </ul>
      )}
      <TemplateDrawer
        open={edited !== null}
        account={account}
        start={edited?.start}
        onClose={() => setEdited(null)}
        onCreated={(template) => {
          setEdited(null);
          setShown('inUse');
          setDone({ kind: 'created', template });
        }}
      />
    </div>
  );
}

/** The card templates of the account that is worked for. */
export function TemplatesPage() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('templates.noAccount')}>
      {(account) => <AccountTemplates key={account.id} account={account} />}
    </AccountNeeded>
  );
}
