import { useController } from 'react-hook-form';
import { useFormAccess } from './form-context.tsx';

/** The form's fields about the buyer, which a customer can fill in while authorising the order. */
export function useBuyerFields() {
  const { control } = useFormAccess();
  return {
    title: useController({ control, name: 'title' }).field,
    buyerNumber: useController({ control, name: 'buyerNumber' }).field,
    buyerAddressAndPhone: useController({ control, name: 'buyerAddressAndPhone' }).field,
    buyerBankAccount: useController({ control, name: 'buyerBankAccount' }).field,
  };
}
