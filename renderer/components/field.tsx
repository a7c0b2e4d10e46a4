import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Finding } from '../../shared/invoice/findings.ts';
import { useLanguage } from '../i18n/i18n.ts';

/** `quiet`: the person is still typing it for the first time. */
export type Tone = 'quiet' | 'loud';

/** What the control of a field has to carry for its label and notes to belong to it. */
export interface ControlMarks {
  readonly id: string;
  readonly status?: 'error' | 'warning';
  readonly 'aria-invalid'?: true;
  readonly 'aria-describedby'?: string;
}

export function controlMarks(id: string, findings: readonly Finding[], tone: Tone): ControlMarks {
  const worst = findings.some(({ severity }) => severity === 'fault') ? 'error' : 'warning';
  if (findings.length === 0) return { id };
  const described = { id, 'aria-describedby': `${id}-notes` };
  if (tone === 'quiet') return described;
  return { ...described, status: worst, ...(worst === 'error' ? { 'aria-invalid': true } : {}) };
}

/** What was found about a value, in the language shown; by icon and word, not by colour alone. */
export function Notes(props: { readonly id: string; readonly findings: readonly Finding[]; readonly tone: Tone }) {
  const { id, findings, tone } = props;
  const { language, say } = useLanguage();
  const sentence = (finding: Finding) => {
    const text = say(finding.text);
    return language === 'en' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}. ` : `${text}。`;
  };
  return (
    <div id={`${id}-notes`} className="notes" aria-live="polite">
      {findings.map((finding) => (
        <p key={finding.code} className={`note note-${tone === 'quiet' ? 'quiet' : finding.severity}`}>
          {tone === 'loud' &&
            (finding.severity === 'fault' ? (
              <CloseCircleFilled aria-hidden="true" />
            ) : (
              <WarningFilled aria-hidden="true" />
            ))}
          <span>
            {sentence(finding)}
            {say(finding.cure)}
          </span>
        </p>
      ))}
    </div>
  );
}

/** A labelled control with its notes below. */
export function Field(props: {
  readonly id: string;
  readonly label: string;
  /** The field's name in WeChat's API, for those who know it by that. */
  readonly apiName?: string;
  readonly optional?: string;
  /** A sign beside the label. */
  readonly mark?: ReactNode;
  readonly findings?: readonly Finding[];
  readonly tone?: Tone;
  readonly span?: 1 | 2 | 3;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}) {
  const { id, label, apiName, optional, mark, findings = [], tone = 'loud', span = 1, extra, children } = props;
  return (
    <div className={`field field-span-${span}`}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {mark}
        {optional && <span className="field-optional">{optional}</span>}
        {apiName && <code className="field-api">{apiName}</code>}
      </div>
      {children}
      <Notes id={id} findings={findings} tone={tone} />
      {extra}
    </div>
  );
}
