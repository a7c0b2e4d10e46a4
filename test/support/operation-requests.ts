import type { OperationName, RequestOf } from '../../shared/contract/contract.ts';
import { digitalInvoice } from './app-invoices.ts';

const file = 'file_AAAAAAAAAAAAAAAA';
const content = { payee: '云杉商贸', type: '增值税电子普通发票', title: '云杉', logoUrl: 'https://mmbiz.qpic.cn/x' };
const source = { accountId: 1, templateId: 1, table: file, pdfFolder: 'folder_AAAAAAAAAAAAAAAA' };

/** A request that fits, for each operation; the compiler asks for one when an operation is added. */
export const soundRequests: { readonly [Name in OperationName]: RequestOf<Name> } = {
  'app.info': {},
  'app.doctor': { accountId: 1 },
  'settings.read': {},
  'settings.write': { language: 'en' },
  'file.choose': { kind: 'pdf' },
  'file.read': { file },
  'account.list': {},
  'account.create': { name: '练习商户', kind: 'practice' },
  'account.check': { accountId: 1 },
  'credentials.save': { accountId: 1, appSecret: 'not-a-real-secret' },
  'credentials.clear': { accountId: 1 },
  'platform.obtainId': { accountId: 1 },
  'logo.upload': { accountId: 1, file },
  'template.list': { accountId: 1 },
  'template.create': { accountId: 1, content },
  'practice.configure': { accountId: 1, customerMustAuthorise: true },
  'practice.authorise': { accountId: 1, orderId: 'ORDER-1' },
  'pdf.upload': { accountId: 1, file },
  'pdf.query': { accountId: 1, mediaId: '18446744073709551615' },
  'invoice.check': { accountId: 1, fields: digitalInvoice(1) },
  'invoice.saveDraft': { accountId: 1, templateId: null, fields: digitalInvoice(1) },
  'invoice.removeDraft': { invoiceId: 1 },
  'invoice.issue': { invoiceId: 1 },
  'invoice.askAgain': { invoiceId: 1 },
  'invoice.settle': { invoiceId: 1, outcome: 'absent' },
  'invoice.get': { invoiceId: 1 },
  'invoice.list': { limit: 10 },
  'pdf.read': { pdfId: 1 },
  'invoice.updateStatus': { invoiceId: 1, status: 'INVOICE_REIMBURSE_LOCK' },
  'invoice.updateStatusMany': { invoiceIds: [1, 2], status: 'INVOICE_REIMBURSE_LOCK' },
  'push.receive': { accountId: 1, body: '<xml/>', query: { timestamp: '1', nonce: 'n' }, token: 't' },
  'event.list': { limit: 10 },
  'code.decrypt': { accountId: 1, encryptCode: 'x' },
  'batch.check': source,
  'batch.import': source,
  'batch.run': { batchId: 1, concurrency: 2 },
  'batch.stop': { batchId: 1 },
  'batch.get': { batchId: 1 },
  'batch.list': { accountId: 1 },
  'batch.report': { batchId: 1 },
  'backup.list': {},
  'backup.make': {},
  'backup.restore': { name: '20261123T020000000Z-by-hand-v1-i0-s0-u0-e0.db' },
  'backup.cancelRestore': {},
};
