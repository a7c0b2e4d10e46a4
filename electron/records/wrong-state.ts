import { type AppError, appErrorSaying } from '../../shared/errors/app-error.ts';
import { type InvoiceState, invoiceStateLabels } from '../../shared/invoice/state.ts';

/** The answer to whoever asks for what an invoice's state does not allow. */
export function wrongState(state: InvoiceState): AppError {
  return appErrorSaying('invoice.wrong-state', { state: invoiceStateLabels[state] }, { current: state });
}
