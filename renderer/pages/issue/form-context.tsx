import { createContext, type ReactNode, use, useRef, useState } from 'react';
import { type Control, useController, useWatch } from 'react-hook-form';
import type { Finding } from '../../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { type ControlMarks, controlMarks, type Tone } from '../../components/field.tsx';
import { controlId, type FormReading, type InvoiceForm, readForm } from './form-values.ts';
import { useFocusTeller } from './pdf-context.tsx';
import { useTaken } from './use-taken.ts';

export type FormControl = Control<InvoiceForm, unknown, InvoiceFields>;

interface FormAccess {
  readonly control: FormControl;
  readonly accountId: number;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Whether issuing was tried: then what is still missing is shown as well. */
  readonly tried: boolean;
  readonly readOnly: boolean;
}

const FormContext = createContext<FormAccess | null>(null);
const ReadingContext = createContext<FormReading | null>(null);
const none: readonly Finding[] = [];

function byField(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const map = new Map<string, Finding[]>();
  for (const one of findings) map.set(one.field, [...(map.get(one.field) ?? []), one]);
  return map;
}

/** The same map for as long as nothing else is found, so that typing redraws only what changes. */
function useSteadyFindings(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const steady = useRef<{ readonly text: string; readonly map: ReadonlyMap<string, readonly Finding[]> }>(null);
  const text = JSON.stringify(findings);
  if (steady.current?.text !== text) steady.current = { text, map: byField(findings) };
  return steady.current.map;
}

/** Reads the form at each change and hands the findings to the fields they are about. */
export function FormProvider(props: {
  readonly control: FormControl;
  readonly accountId: number;
  /** Undefined: not saved yet. */
  readonly invoiceId: number | undefined;
  readonly tried: boolean;
  readonly readOnly: boolean;
  readonly children: ReactNode;
}) {
  const { control, accountId, invoiceId, tried, readOnly, children } = props;
  // Watching the whole form yields all of its values, since each has a default.
  const values = useWatch({ control }) as InvoiceForm;
  const reading = readForm(values, Date.now() / 1000);
  const taken = useTaken(accountId, invoiceId, reading.fields);
  const findings = useSteadyFindings([...reading.findings, ...taken]);
  const steady = useRef<FormAccess>(null);
  const last = steady.current;
  if (last?.control !== control || last.findings !== findings || last.tried !== tried || last.readOnly !== readOnly)
    steady.current = { control, accountId, findings, tried, readOnly };
  return (
    <FormContext value={steady.current}>
      <ReadingContext value={reading}>{children}</ReadingContext>
    </FormContext>
  );
}

export function useFormAccess(): FormAccess {
  const access = use(FormContext);
  if (!access) throw new Error('useFormAccess outside of FormProvider');
  return access;
}

/** What is typed, as an invoice. */
export function useReading(): FormReading {
  const reading = use(ReadingContext);
  if (!reading) throw new Error('useReading outside of FormProvider');
  return reading;
}

export interface FieldState<Value> {
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly findings: readonly Finding[];
  readonly tone: Tone;
  readonly marks: ControlMarks;
  readonly readOnly: boolean;
}

/**
 * One field of the form with what is to be shown about it now: while it is typed for the first time quietly, afterwards
 * loudly; that it is empty only after it was emptied, or after issuing was tried.
 */
export function useField<Value>(name: Parameters<typeof useController<InvoiceForm>>[0]['name']): FieldState<Value> {
  const { control, findings: all, tried, readOnly } = useFormAccess();
  const { field, fieldState } = useController({ control, name });
  const [focused, setFocused] = useState(false);
  const tellFocus = useFocusTeller();
  const found = readOnly ? none : (all.get(name) ?? none);
  const findings = found.filter(
    ({ code }) => !/required|missing$/.test(code) || tried || (fieldState.isTouched && fieldState.isDirty && !focused),
  );
  const tone: Tone = focused && !fieldState.isTouched && !tried ? 'quiet' : 'loud';
  return {
    // The caller names the type that the field's name has in InvoiceForm.
    value: field.value as Value,
    change: (value) => field.onChange(value),
    onFocus: () => {
      setFocused(true);
      tellFocus(name);
    },
    onBlur: () => {
      setFocused(false);
      tellFocus(null);
      field.onBlur();
    },
    findings,
    tone,
    marks: controlMarks(controlId(name), findings, tone),
    readOnly,
  };
}
