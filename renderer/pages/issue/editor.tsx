import { zodResolver } from '@hookform/resolvers/zod';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account, Template } from '../../../shared/contract/account-operations.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { Order } from '../../../shared/contract/order-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';
import type { InvoiceState } from '../../../shared/invoice/state.ts';
import { call } from '../../api/call.ts';
import { useAccounts } from '../../app/accounts.tsx';
import type { ErrorActions } from '../../components/error-notice.tsx';
import { IssuedPanel, UnknownPanel } from '../../components/outcome.tsx';
import { useDropAnywhere } from '../../components/use-drop-anywhere.ts';
import { useIssuing } from '../../components/use-issuing.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DocumentsPane } from './documents-pane.tsx';
import { DraftQueue } from './draft-queue.tsx';
import { EditorFooter } from './editor-footer.tsx';
import { FormProvider } from './form-context.tsx';
import { FormSections } from './form-sections.tsx';
import { createFormSchema, formOf, type InvoiceForm } from './form-values.ts';
import { fieldsOfOrder } from './order-says.ts';
import { PdfProvider } from './pdf-context.tsx';
import { TemplateSelect } from './template-select.tsx';
import { useDraft } from './use-draft.ts';
import { type Editing, focusFirstFault, useIssueRequest } from './use-issue-request.ts';
import { usePdfQueue } from './use-pdf-queue.ts';
import { usePdfReading } from './use-pdf-reading.ts';
import { usePdfSlot } from './use-pdf-slot.ts';
import { useShortcuts } from './use-shortcuts.ts';

const formSchema = createFormSchema(() => Date.now() / 1000);

/** An only template needs no choosing; what an order tells needs no typing. */
function firstForm(invoice: Invoice | null, order: Order | null, templates: readonly Template[]): InvoiceForm {
  if (invoice) return formOf(invoice);
  const offered = templates.filter(({ archivedAt }) => archivedAt === null);
  const only = offered.length === 1 ? offered[0] : undefined;
  const fields = order ? fieldsOfOrder(order) : emptyInvoiceFields();
  return formOf({ state: 'draft', templateId: only?.id ?? null, fields });
}

interface EditorProps {
  readonly account: Account;
  readonly templates: readonly Template[];
  readonly invoice: Invoice | null;
  /** The order that a new invoice is for; null: none was named. */
  readonly order: Order | null;
  readonly onCreated: (invoiceId: number) => void;
  readonly onNew: () => void;
}

/** The form, the two PDFs and the draft they make up together. */
function useEditing({ account, templates, invoice, order, onCreated }: EditorProps) {
  const [initial] = useState(invoice);
  const form = useForm<InvoiceForm, unknown, InvoiceFields>({
    resolver: zodResolver(formSchema),
    defaultValues: firstForm(initial, order, templates),
    shouldFocusError: false,
  });
  const queue = usePdfQueue(account.id);
  const uses = useRef({ onOthers: (_files: readonly File[]) => {}, onXml: (_file: File) => {} });
  const slots = { invoice: usePdfSlot(initial?.pdf ?? null, uses), trip: usePdfSlot(initial?.tripPdf ?? null) };
  const placed = useRef({ pdf: slots.invoice.pdf, tripPdf: slots.trip.pdf });
  placed.current = { pdf: slots.invoice.pdf, tripPdf: slots.trip.pdf };
  const { getValues } = form;
  const content = useCallback(() => ({ form: getValues(), ...placed.current }), [getValues]);
  const created = useRef(onCreated);
  created.current = onCreated;
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  // What is saved last, when the page is left, must not bring it back.
  const announce = useCallback((invoiceId: number) => isShown.current && created.current(invoiceId), []);
  const draft = useDraft({ accountId: account.id, initial, content, onCreated: announce });
  const reading = usePdfReading({ form, pdf: slots.invoice.pdf, storedId: invoice?.pdf?.id });
  uses.current = {
    onOthers: (files) => void queue.add(files, form.getValues('templateId')),
    onXml: (file) => void reading.readXml(file),
  };
  return { form, slots, draft, queue, reading };
}

/** Saves what changes while the invoice may still be changed. */
function useAutosave({ form, slots, draft }: Editing, editable: boolean): void {
  const { touch } = draft;
  const { subscribe } = form;
  useEffect(() => {
    if (!editable) return undefined;
    return subscribe({ formState: { values: true }, callback: ({ name }) => name !== undefined && touch() });
  }, [subscribe, touch, editable]);
  const placed = `${slots.invoice.pdf?.token} ${slots.trip.pdf?.token}`;
  const last = useRef(placed);
  useEffect(() => {
    if (last.current === placed) return;
    last.current = placed;
    if (editable) touch();
  }, [placed, touch, editable]);
}

function useErrorActions(props: EditorProps, editing: Editing, retry: () => void): (error: AppError) => ErrorActions {
  const { edit } = useAccounts();
  const [, navigate] = useLocation();
  const { form, slots } = editing;
  return ({ details }) => {
    const other = details['invoiceId'];
    return {
      'edit-input': () => focusFirstFault(form.getValues()),
      'choose-file': () => void slots.invoice.choose(),
      retry,
      ...(props.account.kind === 'wechat' ? { 'open-account': () => edit(props.account) } : {}),
      ...(typeof other === 'number' ? { 'open-invoice': () => navigate(`/issue/${other}`) } : {}),
    };
  };
}

/** Which paper is shown; once the invoice is a card, the card. */
function useDocumentTab(state: InvoiceState) {
  const [chosen, setChosen] = useState<{ readonly tab: string; readonly state: InvoiceState }>();
  const tab = chosen?.state === state ? chosen.tab : state === 'issued' ? 'card' : (chosen?.tab ?? 'invoice');
  return [tab, (next: string) => setChosen({ tab: next, state })] as const;
}

/** The page of one invoice: papers on the left, form on the right, the way on at the bottom right. */
export function Editor(props: EditorProps) {
  const { account, templates, invoice, onNew } = props;
  const { t } = useTranslation();
  const editing = useEditing(props);
  const { form, slots, draft, queue, reading } = editing;
  const issuing = useIssuing(invoice?.state === 'rejected' ? invoice.error : null);
  const state = invoice?.state ?? 'draft';
  const [tab, setTab] = useDocumentTab(state);
  const editable = ['draft', 'prepared', 'rejected'].includes(state) && !issuing.busy;
  useAutosave(editing, editable);
  const request = useIssueRequest(editing, editable, setTab);
  const { tried, confirming, stopConfirming } = request;
  const actionsFor = useErrorActions(props, editing, request.issue);
  useDropAnywhere((transfer) => {
    if (!editable) return;
    setTab('invoice');
    void slots.invoice.drop(transfer);
  });
  useShortcuts({ issue: request.issue, save: request.save });
  const templateId = form.watch('templateId');
  const template = templates.find(({ id }) => id === templateId);
  const confirm = () => {
    stopConfirming();
    if (confirming) void issuing.issue(confirming.id);
  };
  const discard = async () => {
    const removed = invoice ? await call('invoice.removeDraft', { invoiceId: invoice.id }) : null;
    if (!removed || removed.ok) onNew();
  };
  return (
    <PdfProvider reading={reading}>
      <FormProvider
        control={form.control}
        accountId={account.id}
        invoiceId={invoice?.id}
        tried={tried}
        readOnly={!editable}
      >
        <div className="issue">
          <DocumentsPane slots={slots} template={template} readOnly={!editable} shown={tab} onShow={setTab} />
          <div className="issue-main">
            <div className="issue-scroll">
              <DraftQueue accountId={account.id} invoiceId={invoice?.id} queue={queue} />
              {state === 'issued' && invoice && <IssuedPanel invoice={invoice} />}
              {state === 'unknown' && invoice && (
                <UnknownPanel
                  invoice={invoice}
                  busy={issuing.busy}
                  error={issuing.error}
                  onAskAgain={() => void issuing.askAgain(invoice.id)}
                  onSettle={(settlement) => void issuing.settle(invoice.id, settlement)}
                />
              )}
              <form
                className="issue-form"
                aria-label={t('issue.formLabel')}
                onSubmit={(event) => event.preventDefault()}
              >
                <FormSections templateSelect={<TemplateSelect account={account} templates={templates} />} />
              </form>
            </div>
            <EditorFooter
              state={state}
              request={request}
              draft={draft}
              issuing={issuing}
              actionsFor={actionsFor}
              onFirstFault={() => focusFirstFault(form.getValues())}
              onDiscard={() => void discard()}
              onNew={onNew}
            />
          </div>
        </div>
        <ConfirmDialog
          invoice={confirming}
          account={account}
          template={template}
          onConfirm={confirm}
          onCancel={stopConfirming}
        />
      </FormProvider>
    </PdfProvider>
  );
}
