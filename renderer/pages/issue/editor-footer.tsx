import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { InvoiceState } from '../../../shared/invoice/state.ts';
import { type ErrorActions, ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import type { Issuing } from '../../components/use-issuing.ts';
import { useFormAccess } from './form-context.tsx';
import type { Draft } from './use-draft.ts';
import type { IssueRequest } from './use-issue-request.ts';

interface FooterProps {
  readonly state: InvoiceState;
  readonly request: IssueRequest;
  readonly draft: Draft;
  readonly issuing: Issuing;
  readonly actionsFor: (error: AppError) => ErrorActions;
  readonly onFirstFault: () => void;
  readonly onDiscard: () => void;
  readonly onNew: () => void;
}

/** How many faults keep the invoice from being issued, and the way to the first one. */
function FaultCount({ onFirstFault }: { readonly onFirstFault: () => void }) {
  const { t } = useTranslation();
  const { findings } = useFormAccess();
  const count = [...findings.values()].flat().filter(({ severity }) => severity === 'fault').length;
  return (
    <div aria-live="assertive">
      {count > 0 && (
        <Button className="fault-count" danger size="small" type="text" onClick={onFirstFault}>
          {t('issue.faults', { count })}
        </Button>
      )}
    </div>
  );
}

function EditButtons({ state, request, draft, issuing, onDiscard, onNew }: FooterProps) {
  const { t } = useTranslation();
  const busy = issuing.busy || state === 'sending';
  const waits = request.asked === 'issue';
  return (
    <>
      {state === 'rejected' ? (
        <Button type="text" onClick={onNew}>
          {t('issue.next')}
        </Button>
      ) : (
        <Popconfirm
          title={t('issue.discardTitle')}
          description={t('issue.discardText')}
          okText={t('issue.discardYes')}
          cancelText={t('confirm.no')}
          okButtonProps={{ danger: true }}
          onConfirm={onDiscard}
        >
          <Button type="text" disabled={draft.state === 'unchanged' || busy}>
            {t('issue.discard')}
          </Button>
        </Popconfirm>
      )}
      <Button onClick={request.save} disabled={busy} title={t('issue.saveKeys')}>
        {t('issue.save')}
      </Button>
      <Button type="primary" onClick={request.issue} loading={spinning(busy || waits)} title={t('issue.issueKeys')}>
        {busy ? t('issue.issuing') : waits ? t('issue.readingFirst') : t('issue.issue')}
      </Button>
    </>
  );
}

/** What went wrong last, whether the draft is saved, and the page's one green button. */
export function EditorFooter(props: FooterProps) {
  const { state, request, draft, issuing, actionsFor, onFirstFault, onNew } = props;
  const { t } = useTranslation();
  const error = state === 'unknown' ? null : (issuing.error ?? draft.error);
  const saveState = request.isTaking && draft.state === 'saved' ? 'waiting' : draft.state;
  const finished = state === 'issued' || state === 'unknown';
  return (
    <footer className="issue-footer">
      {error && (
        <ErrorNotice error={error} actions={actionsFor(error)} {...(issuing.error ? { onClose: issuing.clear } : {})} />
      )}
      <div className="issue-footer-row">
        <div className="issue-footer-words">
          {request.tried && !finished && <FaultCount onFirstFault={onFirstFault} />}
          <span className="save-state" role="status">
            {finished || state === 'sending' ? t(`state.${state}`) : t(`saveState.${saveState}`)}
          </span>
        </div>
        {finished ? (
          <Button type={state === 'issued' ? 'primary' : 'default'} onClick={onNew}>
            {t('issue.next')}
          </Button>
        ) : (
          <EditButtons {...props} />
        )}
      </div>
    </footer>
  );
}
